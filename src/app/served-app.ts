import { Lifetime, noteHandler, RunContext, type ContextServices, type Logger } from '../context';
import { held, holdPromises, messageOf, readable, UnauthorizedError, UnavailableError } from '../errors';
import { operations, type Answer, type Call, type StreamHandle } from '../operations';
import { clientLeft } from '../pipeline';
import { isStorableText, isStreamingOperation, parseRequest, type Operation } from '../protocol';
import type { RouteInfo } from '../registry';
import { chain, isPromise, type Awaitable } from '../store';
import type { AppParts, HttpSettings, Identifier, Incoming } from './app-parts';
import { AttachmentService } from './attachment-service';
import type { Health } from './health';
import { LEASE_OWNER } from './lease';
import { OwnerView } from './owner-view';
import { takePoints } from './rate-limit';

/**
 * The part of an app that adapters use. It is not public, because an answer may hold its thread's lock until
 * the adapter starts or abandons it.
 */
export class ServedApp<TRequest> {
  /** Number of requests that are not answered yet and have not become a run. */
  private underWay = 0;
  private readonly lifetimes = new Set<Lifetime>();
  private readonly onIdle: (() => void)[] = [];

  /** For tools such as the playground. */
  readonly ownerView: OwnerView<TRequest>;
  /** Receives and serves the bytes of attachments; `undefined` if adapters do not serve them. */
  readonly attachments: AttachmentService<TRequest> | undefined;

  constructor(private readonly parts: AppParts<TRequest>) {
    const { env, services } = parts;
    this.ownerView = new OwnerView(parts);
    const http = env.attachmentStore?.http;
    this.attachments =
      http &&
      new AttachmentService({
        env,
        services,
        http,
        rateLimit: parts.rateLimit,
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

  /** See `ChatKitApp.health`. */
  async health(): Promise<Health> {
    const { env, startup, probe } = this.parts;
    const isStoreReachable = startup?.isReady !== false && (await probe.isReachable());
    const isClosing = env.runs.isClosed;
    const isReady = isStoreReachable && !isClosing;
    return { isReady, isStoreReachable, isClosing, openRuns: env.runs.size };
  }

  handle(incoming: Incoming<TRequest>): Exchange {
    return this.exchange(incoming, carryOut);
  }

  /** @param work answers the request after it is parsed */
  protected exchange(incoming: Incoming<TRequest>, work: CarryOut): Exchange {
    const life = new RequestLife();
    return {
      answer: this.admit(() => this.answer(incoming, life, work), life.lifetime),
      disconnected: () => life.disconnected(),
    };
  }

  /** Refuses work if the app is closing, waits until the app is ready, and lets `close` wait for the work. */
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

  /** Reads the body only after `context` and `owner` have accepted the request. */
  private async answer(
    { request, readBody, requestId, locale }: Incoming<TRequest>,
    life: RequestLife,
    work: CarryOut,
  ): Promise<Answer> {
    const { env, services, limits, bodyLimit, rateLimit } = this.parts;
    const { lifetime } = life;
    const who = await lifetime.until(this.parts.identity.of(request));
    const body = await lifetime.until(readBody({ bytes: bodyLimit, values: limits.values }));
    const parsed = parseRequest(body, limits);
    life.begin(parsed.type, env.run.onDisconnect);
    const taking = rateLimit && takePoints(rateLimit, who.owner, parsed);
    if (isPromise(taking)) await lifetime.until(taking);
    const ctx = new RunContext(
      { operation: parsed.type, requestId, ...who, locale, metadata: parsed.metadata, lifetime },
      services,
    );
    let answering: Awaitable<Answer> | undefined;
    try {
      answering = work({ env, ctx, request: parsed });
      return life.follow(isPromise(answering) ? await lifetime.until(answering) : answering);
    } catch (error) {
      if (isPromise(answering)) abandon(answering);
      // The record of the handler needs an object as its key.
      const thrown = (typeof error === 'object' && error !== null ? error : noError(error)) as Error;
      noteHandler(thrown, ctx);
      throw thrown;
    }
  }

  /** See `ChatKitApp.close`. */
  async close({ timeoutMs = 10_000 }: { timeoutMs?: number } = {}): Promise<void> {
    const { runs } = this.parts.env;
    const finished = Promise.all([runs.close(), this.idle(), this.parts.startup?.stop()]);
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
    this.parts.checkpoints.end();
    this.parts.expiredValues.end();
    this.parts.stopListening?.();
    if (this.parts.env.store.admin !== undefined) await this.parts.lease.end();
  }

  private idle(): Promise<void> {
    return this.underWay === 0 ? Promise.resolve() : new Promise((resolve) => this.onIdle.push(resolve));
  }
}

/** The application's functions that identify the user of a request. */
interface IdentityOptions<TRequest, TContext> {
  readonly context: (request: TRequest) => TContext | null | undefined | Promise<TContext | null | undefined>;
  readonly owner: 'shared' | ((context: TContext) => string | null | undefined);
}

/** Identifies the user: finds the context of a request, and the owner of the data that it may access. */
export class Identity<TRequest, TContext> implements Identifier<TRequest> {
  private noted = false;

  /** @param isDevelopment whether a missing owner is logged */
  constructor(
    private readonly options: IdentityOptions<TRequest, TContext>,
    private readonly logger: Logger,
    private readonly isDevelopment: boolean,
  ) {}

  of(request: TRequest): Awaitable<{ requestContext: TContext; owner: string }> {
    return chain(this.options.context(request), (requestContext) => {
      if (requestContext === null || requestContext === undefined) throw new UnauthorizedError();
      // A handler may await promises in the context, but a request that fails earlier does not.
      if (typeof requestContext === 'object') {
        for (const value of Object.values(requestContext)) if (typeof value === 'object') held(value);
      }
      return { requestContext, owner: this.ownerOf(requestContext) };
    });
  }

  /** @throws UnauthorizedError */
  ownerOf(requestContext: TContext): string {
    const { owner } = this.options;
    const found: unknown = owner === 'shared' ? owner : owner(requestContext);
    if (typeof found !== 'string' || found === '') {
      holdPromises(found);
      this.note(found);
      throw new UnauthorizedError();
    }
    // A store would save unstorable text as a different string, which may be the name of another owner.
    if (found === LEASE_OWNER || !isStorableText(found)) {
      throw new UnauthorizedError('This user has no valid name.', { code: 'invalid_owner' });
    }
    return found;
  }

  /**
   * Logs once that `owner` did not return a user. A missing owner is logged only in development: usually the
   * user is not logged in, but an `owner` that reads the wrong field looks the same. A value that is not a
   * string is always a mistake, so it is logged in production, too.
   */
  private note(found: unknown): void {
    const isMissing = found === undefined || found === null || found === '';
    if (this.noted || (isMissing && !this.isDevelopment)) return;
    this.noted = true;
    const what = !isMissing
      ? `a value of type ${typeof found}`
      : found === ''
        ? 'an empty text'
        : String(found);
    this.logger.warn(
      {
        code: 'unauthorized',
        fix: 'Return the id of the user as text: `owner: (context) => context.userId`.',
      },
      `\`owner\` returned ${what}, and the request was answered with 401. If a user was logged in, check which field \`owner\` reads of the context. (This is logged once.)`,
    );
  }
}

/** Runs the operation of a request. */
export type CarryOut = (call: Call) => Awaitable<Answer>;

/** Runs the operation that the table has for the request's type. */
export function carryOut(call: Call): Awaitable<Answer> {
  const { env, ctx, request } = call;
  // Safe: each operation takes requests of the type under which it is in the table.
  const operation = operations[request.type] as (call: Call) => Awaitable<Answer>;
  return chain(env.runs.settled(ctx.owner, request, env.run.cancelGrace), () => operation(call));
}

/** Abandons the answer of a request that has already ended. */
function abandon(answering: Promise<Answer>): void {
  answering.then(
    (answer) => answer.kind === 'stream' && answer.abandon(),
    () => undefined,
  );
}

function noError(thrown: unknown): Error {
  return new Error(`A value that is not an error was thrown: ${messageOf(thrown)}`, { cause: thrown });
}

/** A request that is being answered, as its adapter sees it. */
export interface Exchange {
  /** Resolves to the answer. Rejects with a `ChatError` to answer with, or with an internal error. */
  readonly answer: Promise<Answer>;
  /** The adapter must call it if the client leaves before the end of the answer. */
  disconnected(): void;
}

/** The lifetime of a request, and what happens if its client leaves. */
class RequestLife {
  readonly lifetime = new Lifetime();
  private stream: StreamHandle | undefined;
  // Separate fields, because the client may leave before the operation is known.
  private gone = false;
  /** Whether the request ends if the client leaves; once there is a stream, the stream decides. */
  private endsWithClient = false;

  disconnected(): void {
    this.gone = true;
    if (this.stream !== undefined) this.stream.disconnected();
    else if (this.endsWithClient) this.lifetime.abort(clientLeft());
  }

  /**
   * Must be called when the operation is known. An operation that answers with JSON continues after the
   * client has left: it may have acted already, and its result must be stored.
   */
  begin(operation: Operation, onDisconnect: 'cancel' | 'finish'): void {
    this.endsWithClient = onDisconnect === 'cancel' && isStreamingOperation(operation);
    if (this.gone && this.endsWithClient) throw clientLeft();
  }

  /** Returns the answer; passes a later `disconnected()` to its stream. */
  follow(answer: Answer): Answer {
    if (answer.kind !== 'stream') {
      this.lifetime.end();
      return answer;
    }
    // Released once started: adapters keep the answer, which refers to everything in the request.
    let next: typeof answer | undefined = answer;
    return {
      kind: 'stream',
      start: (sink) => {
        const begun = next;
        next = undefined;
        if (begun === undefined) throw new Error('An answer can be started only once.');
        try {
          this.stream = begun.start(sink);
        } catch (error) {
          this.lifetime.end();
          throw error;
        }
        return this.stream;
      },
      abandon: () => next?.abandon(),
    };
  }
}
