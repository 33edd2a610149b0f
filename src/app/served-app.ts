import { noteHandler, RunContext, type ContextServices, type Lifetime } from '../context';
import { messageOf, readable, UnavailableError } from '../errors';
import { parseRequest, type RequestLimits } from '../protocol';
import { operate, type Answer, type Environment } from '../operations';
import { isPromise, type Awaitable } from '../store';
import { AttachmentService } from './attachment-service';
import { RequestLife, type Exchange } from './exchange';
import type { RouteInfo } from '../registry';
import type { Identity } from './identity';
import type { Lease } from './lease';
import type { CorsOptions } from './options';
import type { Startup } from './startup';

/** A request as an adapter hands it in. */
export interface Incoming<TRequest> {
  /** What `context` is called with. */
  request: TRequest;
  /** Reads the body and parses it. Called once at most, when it is known who asks. */
  readBody: (limits: BodyLimits) => Promise<unknown>;
  requestId: string;
  locale: string;
}

/** How large a body may be. */
export interface BodyLimits {
  /** In bytes. */
  readonly bytes: number;
  /** Values and keys in it. */
  readonly values: number;
}

/** What answering requests takes; `createChatKit` puts it together. */
export interface AppParts<TRequest> {
  readonly env: Environment;
  readonly services: ContextServices;
  /** In bytes. */
  readonly bodyLimit: number;
  readonly limits: RequestLimits;
  /** Tells who asks. */
  readonly identity: Pick<Identity<TRequest, unknown>, 'of'>;
  /** Makes the store ready; `undefined` where there is nothing to make ready. */
  readonly startup: Startup | undefined;
  /** This process's, by which others know that its runs go on. */
  readonly lease: Lease;
  readonly http: HttpSettings;
  readonly registry: () => readonly RouteInfo[];
}

/** What adapters need to know. */
export interface HttpSettings {
  readonly cors: CorsOptions | undefined;
  /** In milliseconds; 0 for none. */
  readonly heartbeatMs: number;
  /** Whether `GET /actions` below the mount answers with the registry: in development only. */
  readonly showRegistry: boolean;
}

/**
 * An application as adapters serve it. What answers a request may hold its thread's lock until the
 * adapter has started or abandoned the answer: hence applications are not given it.
 */
export class ServedApp<TRequest> {
  /** Requests that are neither answered nor have become a run. */
  private underWay = 0;
  private readonly lifetimes = new Set<Lifetime>();
  private readonly onIdle: (() => void)[] = [];

  /** The bytes of attachments, where adapters are to serve them. */
  readonly attachments: AttachmentService<TRequest> | undefined;

  constructor(private readonly parts: AppParts<TRequest>) {
    const { env, services } = parts;
    const http = env.attachmentStore?.http;
    this.attachments =
      http &&
      new AttachmentService({
        env,
        services,
        http,
        admit: (work, lifetime) => this.admit(work, lifetime),
        identify: (request) => parts.identity.of(request),
      });
  }

  get http(): HttpSettings {
    return this.parts.http;
  }

  get services(): ContextServices {
    return this.parts.services;
  }

  /** See `ChatKitApp.registry`. */
  registry(): readonly RouteInfo[] {
    return this.parts.registry();
  }

  /** Answers one request. */
  handle(incoming: Incoming<TRequest>): Exchange {
    const life = new RequestLife();
    return {
      answer: this.admit(() => this.answer(incoming, life), life.lifetime),
      disconnected: () => life.disconnected(),
    };
  }

  /** Refuses work when the app is closing, waits until it is ready, and keeps it from closing meanwhile. */
  async admit<T>(work: () => Promise<T>, lifetime?: Lifetime): Promise<T> {
    const { env, startup } = this.parts;
    env.runs.assertOpen();
    this.underWay += 1;
    if (lifetime !== undefined) this.lifetimes.add(lifetime);
    lifetime?.expireIn(env.run.maxRunTime);
    try {
      const starting = startup === undefined || startup.isReady ? undefined : startup.untilReady();
      if (starting !== undefined) await (lifetime?.until(starting) ?? starting);
      return await work();
    } catch (error) {
      lifetime?.end();
      throw readable(error);
    } finally {
      this.underWay -= 1;
      if (lifetime !== undefined) this.lifetimes.delete(lifetime);
      if (this.underWay === 0) for (const resume of this.onIdle.splice(0)) resume();
    }
  }

  /** Nothing of a body is read for a request that `context` refuses. */
  private async answer(
    { request, readBody, requestId, locale }: Incoming<TRequest>,
    life: RequestLife,
  ): Promise<Answer> {
    const { env, services, limits, bodyLimit } = this.parts;
    const { lifetime } = life;
    const who = await lifetime.until(this.parts.identity.of(request));
    const body = await lifetime.until(readBody({ bytes: bodyLimit, values: limits.values }));
    const parsed = parseRequest(body, limits);
    life.begin(parsed.type, env.run.onDisconnect);
    const ctx = new RunContext(
      { operation: parsed.type, requestId, ...who, locale, metadata: parsed.metadata, lifetime },
      services,
    );
    let answering: Awaitable<Answer> | undefined;
    try {
      answering = operate({ env, ctx, request: parsed });
      return life.follow(isPromise(answering) ? await lifetime.until(answering) : answering);
    } catch (error) {
      if (isPromise(answering)) abandon(answering);
      // What is no object carries no note.
      const thrown = (typeof error === 'object' && error !== null ? error : noError(error)) as Error;
      noteHandler(thrown, ctx);
      throw thrown;
    }
  }

  /** See `ChatKitApp.close`. */
  async close({ timeoutMs = 10_000 }: { timeoutMs?: number } = {}): Promise<void> {
    const { runs } = this.parts.env;
    this.parts.startup?.stop();
    const finished = Promise.all([runs.close(), this.idle()]);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([finished, timeout]);
    clearTimeout(timer);
    await this.attachments?.close();
    const reason = new UnavailableError('The server was restarted.', { allowRetry: true });
    for (const lifetime of this.lifetimes) lifetime.abort(reason);
    await Promise.all(
      runs.all().map(async (run) => {
        await run.cancel(reason);
        await run.whenFinished();
      }),
    );
    if (this.parts.env.store.admin !== undefined) await this.parts.lease.end();
  }

  private idle(): Promise<void> {
    return this.underWay === 0 ? Promise.resolve() : new Promise((resolve) => this.onIdle.push(resolve));
  }
}

/** The request has ended while its answer was on its way. */
function abandon(answering: Promise<Answer>): void {
  answering.then(
    (answer) => answer.kind === 'stream' && answer.abandon(),
    () => undefined,
  );
}

function noError(thrown: unknown): Error {
  return new Error(`Something that is no error was thrown: ${messageOf(thrown)}`, { cause: thrown });
}
