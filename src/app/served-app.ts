import { Lifetime, noteHandler, RunContext, type ContextServices, type ScopedStore } from '../context';
import { messageOf, readable, UnavailableError } from '../errors';
import { operate, type Answer, type StreamHandle } from '../operations';
import { clientLeft } from '../pipeline';
import { isStreamingOperation, parseRequest, type Operation } from '../protocol';
import type { RouteInfo } from '../registry';
import { isPromise, type Awaitable } from '../store';
import type { AppParts, HttpSettings, Incoming } from './app-parts';
import { AttachmentService } from './attachment-service';

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

  /**
   * What the store holds of the user who asks, hidden items too: for tools beside the chat, never for the chat.
   *
   * @throws UnauthorizedError
   */
  async storeOf(request: TRequest): Promise<ScopedStore> {
    const { identity, services } = this.parts;
    const who = await identity.of(request);
    const requestId = services.generateId('run');
    const init = { operation: 'app.as', requestId, locale: 'en', metadata: {} } as const;
    return new RunContext({ ...init, ...who }, services).store;
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

/** A request that is being answered, as its adapter sees it. */
export interface Exchange {
  /**
   * What is to be answered.
   *
   * @throws ChatError what is to be answered instead; any other error is one of the server
   */
  readonly answer: Promise<Answer>;
  /** To be called when the client has left before the end of its answer. */
  disconnected(): void;
}

/** How long a request lives, and what its client's leaving means at each moment. */
export class RequestLife {
  readonly lifetime = new Lifetime();
  private stream: StreamHandle | undefined;
  // No state of one thing: a client may leave before, while and after it is known what that means.
  private gone = false;
  /** Whether a client that leaves ends the request, until there is a stream that knows. */
  private endsWithClient = false;

  disconnected(): void {
    this.gone = true;
    if (this.stream !== undefined) this.stream.disconnected();
    else if (this.endsWithClient) this.lifetime.abort(clientLeft());
  }

  /**
   * The operation is known. What answers with JSON goes on when the client has left: it may have
   * acted already, and what it made is to be stored.
   */
  begin(operation: Operation, onDisconnect: 'cancel' | 'finish'): void {
    this.endsWithClient = onDisconnect === 'cancel' && isStreamingOperation(operation);
    if (this.gone && this.endsWithClient) throw clientLeft();
  }

  /** The answer, with its stream tied to this life. */
  follow(answer: Answer): Answer {
    if (answer.kind !== 'stream') {
      this.lifetime.end();
      return answer;
    }
    // Let go of when it has begun: it knows all that the request has brought, and adapters keep it.
    let next: typeof answer | undefined = answer;
    return {
      kind: 'stream',
      start: (sink) => {
        const begun = next;
        next = undefined;
        if (begun === undefined) throw new Error('An answer is started once.');
        try {
          this.stream = begun.start(sink);
        } catch (error) {
          this.lifetime.end();
          throw error;
        }
        if (this.gone) this.stream.disconnected();
        return this.stream;
      },
      abandon: () => next?.abandon(),
    };
  }
}
