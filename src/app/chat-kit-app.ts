import {
  noteHandler,
  RunContext,
  type ContextServices,
  type Lifetime,
  type RequestContext,
} from '../context';
import { brand, messageOf, readable, UnavailableError } from '../errors';
import { parseRequest, type RequestLimits } from '../protocol';
import { operate, type Answer, type Environment } from '../operations';
import { isPromise, type Awaitable } from '../store';
import { AttachmentService } from './attachment-service';
import { RequestLife, type Exchange } from './exchange';
import type { CheckReport, WidgetCheck, WidgetExample } from '../checks';
import type { RouteInfo } from '../registry';
import type { Identity } from './identity';
import type { Lease } from './lease';
import type { CorsOptions } from './options';
import { OutsideChat } from './outside-chat';
import type { Startup } from './startup';
import { cleanUpAttachments } from './clean-up-attachments';

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

/** What the parts of an app are made of; `createChatKit` puts it together. */
export interface AppParts<TRequest, TContext> {
  readonly env: Environment;
  readonly services: ContextServices;
  /** In bytes. */
  readonly bodyLimit: number;
  readonly limits: RequestLimits;
  /** Tells who asks. */
  readonly identity: Identity<TRequest, TContext>;
  /** Makes the store ready; `undefined` where there is nothing to make ready. */
  readonly startup: Startup | undefined;
  /** This process's, by which others know that its runs go on. */
  readonly lease: Lease;
  readonly http: HttpSettings;
  /** What the app was told of its widgets. */
  readonly widgets: readonly WidgetExample[];
  readonly widgetCheck: WidgetCheck;
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

/** A chat application, without an adapter. */
export class ChatKitApp<TRequest = unknown, TContext = RequestContext> {
  static {
    brand(this, 'ChatKitApp');
  }

  /** Requests that are neither answered nor have become a run. */
  private underWay = 0;
  private readonly lifetimes = new Set<Lifetime>();
  private readonly onIdle: (() => void)[] = [];

  /** The bytes of attachments, where adapters are to serve them. */
  readonly attachments: AttachmentService<TRequest> | undefined;

  constructor(private readonly parts: AppParts<TRequest, TContext>) {
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

  /**
   * Resolves when the store is ready. It rejects with what went wrong when the last try has failed; the
   * next is made by itself, and a later call resolves.
   */
  async ready(): Promise<void> {
    await this.parts.startup?.ready();
  }

  /** Answers one request. */
  handle(incoming: Incoming<TRequest>): Exchange {
    const life = new RequestLife();
    return {
      answer: this.admit(() => this.answer(incoming, life), life.lifetime),
      disconnected: () => life.disconnected(),
    };
  }

  private async admit<T>(work: () => Promise<T>, lifetime?: Lifetime): Promise<T> {
    const { env, startup } = this.parts;
    env.runs.assertOpen();
    this.underWay += 1;
    if (lifetime !== undefined) this.lifetimes.add(lifetime);
    lifetime?.expireIn(env.run.maxRunTime);
    try {
      const starting = startup?.untilReady();
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

  /**
   * Deletes attachments that no message carries, bytes and records. It is done at start for those that
   * are older than the attachment store says; a server that runs for long does it now and then.
   *
   * @param options `olderThanMs`: in milliseconds; by default what the attachment store says, or a day
   * @returns how many were deleted
   *
   * @example
   * setInterval(() => void app.cleanUpAttachments(), 3_600_000).unref();
   */
  async cleanUpAttachments({ olderThanMs }: { olderThanMs?: number } = {}): Promise<number> {
    const { env, services } = this.parts;
    const { attachmentStore } = env;
    if (attachmentStore === undefined) return 0;
    const age = olderThanMs ?? attachmentStore.keepUnsentMs ?? 86_400_000;
    const now = Date.now();
    const ages = { before: now - age, noRunBefore: now - env.run.maxRunTime };
    return this.admit(() => cleanUpAttachments(services, attachmentStore, ages));
  }

  /**
   * Works on threads outside a request: in a webhook, a job, a test.
   *
   * @param requestContext what `context(req)` would have returned
   * @throws UnauthorizedError when it has no owner
   *
   * @example
   * const thread = await app.as({ userId: 'u1' }).thread('thr_1');
   * await thread.add(assistantMessage('Your parcel has arrived.'));
   */
  as(requestContext: TContext): OutsideChat {
    const init = {
      operation: 'app.as' as const,
      requestId: this.parts.services.generateId('run'),
      requestContext,
      owner: this.parts.identity.ownerOf(requestContext),
      locale: 'en',
      metadata: {},
    };
    return new OutsideChat(() => new RunContext(init, this.parts.services));
  }

  /**
   * All actions and hooks as plain JSON data, with the JSON Schemas of their payloads. Made when it is
   * asked for the first time.
   *
   * @example
   * app.registry().find(({ patterns }) => patterns.includes('item.select'))?.payload;
   * // { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], … }
   */
  registry(): readonly RouteInfo[] {
    return this.parts.registry();
  }

  /**
   * Holds widgets against the handlers: which actions there are, who takes them, what is wrong, and
   * which handlers' actions no widget sends. Nothing is thrown for what is wrong.
   *
   * @param widgets examples and templates; by default those that the app was made with, in which
   *   nothing is wrong, as it would not have started
   * @example
   * expect(app.check([cartWidget(sampleCart)]).problems).toEqual([]);
   */
  check(widgets: readonly WidgetExample[] = this.parts.widgets): CheckReport {
    return this.parts.widgetCheck.report(widgets);
  }

  /**
   * Takes no more requests, lets those under way and runs end within `timeoutMs` (10,000 by default),
   * and cancels the rest with their text saved. The store stays open.
   */
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
