import { RunContext, type ContextServices } from '../context';
import { UnauthorizedError, UnavailableError } from '../errors';
import { parseRequest, type Limits } from '../protocol';
import { operate, type Answer, type Environment } from '../operations';
import type { RouteInfo } from '../routing';
import type { CorsOptions } from './options';
import { OutsideChat } from './outside-chat';

/** A request as a door hands it in. */
export interface Incoming<TRequest> {
  /** What `context` is called with. */
  request: TRequest;
  /** The body as JSON data, not yet looked at. */
  body: unknown;
  requestId: string;
  locale: string;
}

/** What the parts of an app are made of; `createChatKit` puts it together. */
export interface AppParts<TRequest, TContext> {
  readonly env: Environment;
  readonly services: ContextServices;
  readonly limits: Limits;
  readonly context: (request: TRequest) => TContext | null | undefined | Promise<TContext | null | undefined>;
  readonly owner: 'shared' | ((context: TContext) => string | null | undefined);
  /** Resolves when the store is ready. `undefined` when it is ready now. */
  readonly starting: Promise<void> | undefined;
  readonly http: HttpSettings;
}

/** What doors need to know. */
export interface HttpSettings {
  /** In bytes. */
  readonly bodyLimit: number;
  readonly cors: CorsOptions | undefined;
  /** In milliseconds; 0 for none. */
  readonly heartbeatMs: number;
}

/** A chat application, without a door. */
export class ChatKitApp<TRequest = unknown, TContext = unknown> {
  /** Requests that are neither answered nor have become a run. */
  private underWay = 0;
  private readonly onIdle: (() => void)[] = [];

  constructor(private readonly parts: AppParts<TRequest, TContext>) {}

  get http(): HttpSettings {
    return this.parts.http;
  }

  get services(): ContextServices {
    return this.parts.services;
  }

  /** Resolves when the store is ready; rejects when it could not be made so. */
  async ready(): Promise<void> {
    await this.parts.starting;
  }

  /**
   * Answers one request.
   *
   * @throws ChatError what is to be answered over HTTP; any other error is one of the server
   */
  async handle(incoming: Incoming<TRequest>): Promise<Answer> {
    this.parts.env.runs.assertOpen();
    this.underWay += 1;
    try {
      return await this.answer(incoming);
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) for (const resume of this.onIdle.splice(0)) resume();
    }
  }

  private async answer({ request, body, requestId, locale }: Incoming<TRequest>): Promise<Answer> {
    const { parts } = this;
    if (parts.starting !== undefined) await parts.starting;
    const parsed = parseRequest(body, parts.limits);
    const requestContext = await parts.context(request);
    if (requestContext === null || requestContext === undefined) throw new UnauthorizedError();
    const ctx = new RunContext(
      {
        operation: parsed.type,
        requestId,
        requestContext,
        owner: this.ownerOf(requestContext),
        locale,
        metadata: parsed.metadata,
      },
      parts.services,
    );
    return operate({ env: parts.env, ctx, request: parsed });
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
      owner: this.ownerOf(requestContext),
      locale: 'en',
      metadata: {},
    };
    return new OutsideChat(() => new RunContext(init, this.parts.services));
  }

  /** All actions and hooks, as data. */
  catalogue(): readonly RouteInfo[] {
    return this.parts.env.table.routes;
  }

  /**
   * Takes no more requests, lets those under way and runs end within `timeoutMs` (10,000 by default),
   * and cancels the rest with their text saved. The store stays open.
   */
  async close({ timeoutMs = 10_000 }: { timeoutMs?: number } = {}): Promise<void> {
    const { runs } = this.parts.env;
    const finished = Promise.all([runs.close(), this.idle()]);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([finished, timeout]);
    clearTimeout(timer);
    const reason = new UnavailableError('The server was restarted.', { allowRetry: true });
    await Promise.all(
      runs.all().map(async (run) => {
        await run.cancel(reason);
        await run.whenFinished();
      }),
    );
  }

  private idle(): Promise<void> {
    return this.underWay === 0 ? Promise.resolve() : new Promise((resolve) => this.onIdle.push(resolve));
  }

  private ownerOf(requestContext: TContext): string {
    const { owner } = this.parts;
    const found = owner === 'shared' ? owner : owner(requestContext);
    if (typeof found !== 'string' || found === '') throw new UnauthorizedError();
    return found;
  }
}
