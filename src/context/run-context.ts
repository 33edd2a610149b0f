import { AsyncResource } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import {
  shortName,
  type ActionRequest,
  type Operation,
  type ThreadMetadata,
  type UserMessageItem,
  type WidgetItem,
} from '../protocol';
import { isPromise, type Awaitable } from '../store';
import type { ChatContext } from './chat-context';
import { brand, holdPromises, UnavailableError, type ErrorPlace } from '../errors';
import { EXPAND, type CompositeContext, type HandlerEvent, type RespondOptions } from './drafts';
import type { OneUseButton } from './button';
import type { ContextServices } from './context-services';
import { childLogger, type Logger } from './logger';
import { ScopedStore, type ReadingScope } from './scoped-store';
import type { Observation } from './telemetry';

/** What a run in progress offers to its context; put there when the run starts. */
export interface RunHooks {
  emit(event: HandlerEvent): Promise<void>;
  /** Whether the last event that was given is written, and so has no promises that may reject unheard. */
  hasWritten(event: unknown): boolean;
  /** Stores what the client has been shown of messages that are not done. A failure is logged, not thrown. */
  keepShown(): Awaitable<void>;
  /** Resolves when what the run has stored so far is committed; `undefined` where nothing waits for it. */
  committed?(): Promise<void> | undefined;
  /** The events of the responder on a synthetic message, for the context that asks. */
  respond(ctx: RunContext, text: string, options: RespondOptions): AsyncIterable<HandlerEvent>;
}

export interface RunContextInit {
  operation: Operation | 'app.as';
  requestId: string;
  requestContext: unknown;
  owner: string;
  locale: string;
  metadata: Readonly<Record<string, unknown>>;
  lifetime?: Lifetime | undefined;
}

/** The one {@link ChatContext} there is. It is its own {@link ReadingScope}; what is not used is not made. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-arguments -- `Register` changes the default
export class RunContext implements ChatContext<unknown>, CompositeContext, ReadingScope {
  static {
    brand(this, 'RunContext');
  }

  readonly operation: Operation | 'app.as';
  readonly requestId: string;
  readonly requestContext: unknown;
  readonly owner: string;
  readonly locale: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly lifetime: Lifetime;
  sender: WidgetItem | null = null;
  action: ActionRequest | null = null;
  message: UserMessageItem | null = null;
  signed: readonly string[] | null = null;
  /** Ids of the attachments of the message that the request brings: the operation itself sees to them. */
  sending: ReadonlySet<string> | undefined;
  /** The button that the action comes from, once the action's origin is checked and where it may be used once. */
  button: OneUseButton | undefined;
  hooks: RunHooks | undefined;
  /** Whether the application's container gave a child for this run, to be disposed of at its end. */
  hasContainer = false;
  /** The handler that runs, where the app has telemetry: what goes on in it goes on in its context. */
  observation: Observation | undefined;
  /** What the client was told of as the error of its stream. */
  failure: unknown;
  /** Whether the server stopped the run: its time was over, its thread deleted, the server closed. */
  isCancelled = false;
  /** The context that the request was given, from which those of responders and hooks are derived. */
  readonly root: RunContext = this;
  /** How many responders deep this context is: 0 in the handler that the request called. */
  depth = 0;

  /** Whether the application may have changed the thread. */
  isThreadRead = false;
  /** Called when the application gets the thread for the first time, before it does. */
  onThreadRead: (() => void) | undefined;

  private threadMetadata: ThreadMetadata | undefined;
  private handler: string | undefined;
  private scopedStore: ScopedStore | undefined;
  private logger: Logger | undefined;
  /** The handler that the logger names. */
  private loggerOf: string | undefined;

  constructor(
    init: RunContextInit,
    readonly services: ContextServices,
  ) {
    this.operation = init.operation;
    this.requestId = init.requestId;
    this.requestContext = init.requestContext;
    this.owner = init.owner;
    this.locale = init.locale;
    this.metadata = init.metadata;
    this.lifetime = init.lifetime ?? new Lifetime();
  }

  get thread(): ThreadMetadata {
    if (this.threadMetadata === undefined) {
      throw new Error(`The operation ${this.operation} has no thread: do not read ctx.thread there.`);
    }
    const { root } = this;
    if (!root.isThreadRead) {
      root.isThreadRead = true;
      root.onThreadRead?.();
    }
    return this.threadMetadata;
  }

  set thread(thread: ThreadMetadata) {
    this.threadMetadata = thread;
  }

  /** For the package itself, which does not change the thread. */
  get threadId(): string {
    return (this.threadMetadata ?? this.thread).id;
  }

  get signal(): AbortSignal {
    return this.lifetime.signal;
  }

  get aborted(): boolean {
    return this.lifetime.aborted;
  }

  /** The class and method of the handler that runs now, for the log. */
  get where(): string | undefined {
    return this.root.handler;
  }

  set where(where: string | undefined) {
    this.root.handler = where;
  }

  get store(): ScopedStore {
    return (this.scopedStore ??= new ScopedStore(this.services, this));
  }

  /** What every line and every error of the handler that runs now is to name. */
  get place(): ErrorPlace {
    const { where, action } = this;
    return {
      ...(action === null ? {} : { action: shortName(action.type) }),
      ...(where === undefined ? {} : { where }),
    };
  }

  get log(): Logger {
    const { where } = this;
    if (this.logger === undefined || this.loggerOf !== where) {
      const { requestId, operation } = this;
      this.logger = childLogger(this.services.logger, { requestId, operation, ...this.place });
      this.loggerOf = where;
    }
    return this.logger;
  }

  /** Calls a function in the async context of the handler that runs, where it has one of its own, or of the request. */
  run<T>(work: () => T): T {
    const { lifetime, observation } = this;
    return lifetime.run(observation === undefined ? work : () => observation.run(work));
  }

  afterWrites<T>(read: () => Awaitable<T>): Awaitable<T> {
    const committed = this.hooks?.committed?.();
    return committed === undefined ? read() : committed.then(read);
  }

  emit(event: HandlerEvent): Promise<void> {
    if (this.hooks === undefined) holdPromises(event);
    const emitted =
      this.hooks?.emit(event) ??
      Promise.reject(new Error(`The operation ${this.operation} has no stream to emit into.`));
    // Who does not wait must not bring the process down; who waits still gets the rejection.
    emitted.catch(() => undefined);
    return emitted;
  }

  respond(text: string, options: RespondOptions = {}): Promise<void> {
    return this.emit({ [EXPAND]: () => this.responderEvents(text, options) });
  }

  responderEvents(text: string, options: RespondOptions): AsyncIterable<HandlerEvent> {
    if (this.hooks === undefined) throw new Error('respond: this operation has no stream.');
    return this.hooks.respond(this, text, options);
  }

  /** This context for a responder on another message: same thread, signal, store and stream. */
  withMessage(message: UserMessageItem): RunContext {
    const derived = Object.create(this) as RunContext;
    derived.message = message;
    derived.depth = this.depth + 1;
    return derived;
  }

  /**
   * This context for what is to be done when the run itself has been aborted: its store and its hooks
   * have a signal of their own.
   */
  withLifetime(lifetime: Lifetime): RunContext {
    const derived = Object.create(this, { lifetime: { value: lifetime } }) as RunContext;
    derived.scopedStore = undefined; // it is bound to its context
    return derived;
  }
}

/** The longest delay that a timer takes, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * How long a request lives: from its arrival until its answer or its run has ended, its client has
 * left, its deadline has passed, or the server stops. Everything that waits on behalf of a request
 * waits by it. What is not used is not made: most requests need neither a signal nor a listener.
 */
export class Lifetime {
  /** The async context in which the request arrived: what `AsyncLocalStorage` holds there. */
  private readonly scope = new AsyncResource('chatkit-controllers.request');
  private cause: Error | undefined;
  private controller: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private listeners: Set<(reason: Error) => void> | undefined;

  get aborted(): boolean {
    return this.cause !== undefined;
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      setMaxListeners(0, this.controller.signal); // as many as the handler has tasks at once
      if (this.cause !== undefined) this.controller.abort(this.cause);
    }
    return this.controller.signal;
  }

  /** Ends it. The first reason stands. */
  abort(reason: Error): void {
    if (this.cause !== undefined) return;
    this.cause = reason;
    this.end();
    const { listeners } = this;
    this.listeners = undefined;
    // Sockets, timers and other requests end it from contexts of their own.
    this.run(() => {
      this.controller?.abort(reason);
      for (const listener of listeners ?? []) listener(reason);
    });
  }

  /** Calls a function in the request's async context. */
  run<T>(work: () => T): T {
    return this.scope.runInAsyncScope(work);
  }

  throwIfAborted(): void {
    if (this.cause !== undefined) throw this.cause;
  }

  /** Sets the deadline, or sets it anew. */
  expireIn(ms: number): void {
    clearTimeout(this.timer);
    if (this.cause !== undefined) return;
    this.timer = setTimeout(() => this.abort(tookTooLong(ms)), Math.min(ms, MAX_DELAY)).unref();
  }

  /** The request has been answered: there is no deadline any more. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Calls `listener` once, when it is aborted; at once where it is already. Returns how to stop listening. */
  onAbort(listener: (reason: Error) => void): () => void {
    if (this.cause === undefined) (this.listeners ??= new Set()).add(listener);
    else listener(this.cause);
    return () => void this.listeners?.delete(listener);
  }

  /**
   * What `work` comes to, unless this ends first: then its reason is thrown, and what becomes of the
   * work does not matter. Nothing is left behind when the work is done.
   */
  until<T>(work: Awaitable<T>): Awaitable<T> {
    if (!isPromise(work)) return work;
    return new Promise<T>((resolve, reject) => {
      const forget = this.onAbort(reject);
      void Promise.resolve(work).then(resolve, reject).then(forget);
    });
  }
}

function tookTooLong(ms: number): UnavailableError {
  return new UnavailableError(`This took longer than ${String(ms / 1000)} s.`);
}
