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

/** What a running run provides to its context. Set when the run starts. */
export interface RunHooks {
  emit(event: HandlerEvent): Promise<void>;
  /**
   * Whether the last given event has been written. If so, it holds no promises whose rejection nothing
   * handles.
   */
  hasWritten(event: unknown): boolean;
  /**
   * Stores the text that the client has already received of unfinished messages. A failure is logged, not
   * thrown.
   */
  keepShown(): Awaitable<void>;
  /** Resolves when the run's writes so far are committed; `undefined` if none is pending. */
  committed?(): Promise<void> | undefined;
  /** Runs the responder on a synthetic message for the given context and returns its events. */
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

/**
 * The implementation of {@link ChatContext}. It is its own {@link ReadingScope}. Members are created on first
 * use.
 */
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
  /** Ids of the attachments of the request's message, which the operation itself saves. */
  sending: ReadonlySet<string> | undefined;
  /**
   * The button that the action comes from, if it may be used only once. Set after the action's origin is
   * checked.
   */
  button: OneUseButton | undefined;
  hooks: RunHooks | undefined;
  /** Whether the app's container created a child for this run, to be disposed when the run ends. */
  hasContainer = false;
  /**
   * The observation of the current handler, if the app has telemetry. Work in the handler is observed as part
   * of it.
   */
  observation: Observation | undefined;
  /** The error that the client received as the error of its stream. */
  failure: unknown;
  /**
   * Whether the server stopped the run: it reached its time limit, its thread was deleted, or the server shut
   * down.
   */
  isCancelled = false;
  /** The request's original context, from which those of responders and hooks are derived. */
  readonly root: RunContext = this;
  /** The nesting depth of responders: 0 in the handler that the request called. */
  depth = 0;

  /** Whether the app has read the thread and so may have changed it. */
  isThreadRead = false;
  /** Called before the app gets the thread for the first time. */
  onThreadRead: (() => void) | undefined;

  private threadMetadata: ThreadMetadata | undefined;
  private handler: string | undefined;
  private scopedStore: ScopedStore | undefined;
  private logger: Logger | undefined;
  /** The handler whose name the logger adds. */
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

  /** For the package itself: reading it does not count as reading the thread. */
  get threadId(): string {
    return (this.threadMetadata ?? this.thread).id;
  }

  get signal(): AbortSignal {
    return this.lifetime.signal;
  }

  get aborted(): boolean {
    return this.lifetime.aborted;
  }

  /** The class and method of the current handler, for the log. */
  get where(): string | undefined {
    return this.root.handler;
  }

  set where(where: string | undefined) {
    this.root.handler = where;
  }

  get store(): ScopedStore {
    return (this.scopedStore ??= new ScopedStore(this.services, this));
  }

  /** What log lines and errors of the current handler name. */
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

  /**
   * Calls a function in the async context of the current handler, if it has its own, or else of the request.
   */
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
    // If the caller does not wait, a rejection must not end the process. A caller that waits still gets it.
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

  /** Derives a context for a responder on another message, with the same thread, signal, store and stream. */
  withMessage(message: UserMessageItem): RunContext {
    const derived = Object.create(this) as RunContext;
    derived.message = message;
    derived.depth = this.depth + 1;
    return derived;
  }

  /** Derives a context for work after the run has been aborted. Its store and its hooks have a new signal. */
  withLifetime(lifetime: Lifetime): RunContext {
    const derived = Object.create(this, { lifetime: { value: lifetime } }) as RunContext;
    derived.scopedStore = undefined; // the store is bound to its context
    return derived;
  }
}

/** The longest delay of a timer, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * The lifetime of a request: from its arrival until its response or its run has ended, its client has left,
 * its deadline has passed, or the server stops. Every wait on behalf of a request ends with it. The signal
 * and the listeners are created on first use, since most requests need neither.
 */
export class Lifetime {
  /** The async context of the request, which holds its `AsyncLocalStorage` values. */
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
      setMaxListeners(0, this.controller.signal); // a handler may have any number of concurrent tasks
      if (this.cause !== undefined) this.controller.abort(this.cause);
    }
    return this.controller.signal;
  }

  /** Ends the lifetime. Later reasons are ignored. */
  abort(reason: Error): void {
    if (this.cause !== undefined) return;
    this.cause = reason;
    this.end();
    const { listeners } = this;
    this.listeners = undefined;
    // Sockets, timers and other requests call this from their own async contexts.
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

  /** Sets or resets the deadline. */
  expireIn(ms: number): void {
    clearTimeout(this.timer);
    if (this.cause !== undefined) return;
    this.timer = setTimeout(() => this.abort(tookTooLong(ms)), Math.min(ms, MAX_DELAY)).unref();
  }

  /** Ends the deadline, when the request has been answered. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /**
   * Calls `listener` once on abort, or immediately if already aborted. Returns a function that removes it.
   */
  onAbort(listener: (reason: Error) => void): () => void {
    if (this.cause === undefined) (this.listeners ??= new Set()).add(listener);
    else listener(this.cause);
    return () => void this.listeners?.delete(listener);
  }

  /**
   * Waits for `work`, or throws the abort reason if the lifetime ends first. The result of the work is then
   * ignored. The listener is removed when the work is done.
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
