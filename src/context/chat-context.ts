import type { ActionRequest, Operation, ThreadMetadata, UserMessageItem, WidgetItem } from '../protocol';
import type { HandlerEvent, RespondOptions } from './drafts';
import type { Logger } from './logger';
import type { RequestContext } from './register';
import type { ScopedStore } from './scoped-store';

/**
 * The context of a request: the user, the thread, and the ways to answer. Handlers, guards, interceptors and
 * filters get the same object.
 *
 * `T` is what the application's `context(req)` returned.
 *
 * @example
 * `@OnAction('item.select', { payload: SelectItem })`
 * async *select({ id }: SelectItem, ctx: ChatContext<{ userId: string }>) {
 *   ctx.thread.title = `Item ${id}`; // saved, and sent to the client
 *   yield hiddenContext(`<SELECTED by="${ctx.requestContext.userId}">${id}</SELECTED>`);
 * }
 */
export interface ChatContext<T = RequestContext> {
  readonly operation: Operation | 'app.as';
  /** The id of the request: its `x-request-id` header, otherwise a new one. */
  readonly requestId: string;
  readonly requestContext: T;
  /** The owner whose data this request may access: the result of `owner(context)`. */
  readonly owner: string;
  /** The first language of `Accept-Language`, as `de-CH`; `en` without one. */
  readonly locale: string;
  /** The request envelope's `metadata`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * The thread. Changes to its title, status, metadata and allowed image domains are saved after the
   * next event, and sent to the client (except `metadata`).
   * @throws Error in an operation that has no thread (transcription).
   */
  readonly thread: ThreadMetadata;
  /**
   * The widget that the action came from; `null` outside of actions, and if the page itself sent the action.
   */
  readonly sender: WidgetItem | null;
  readonly action: ActionRequest | null;
  /**
   * The fields of the payload that are covered by a valid signature; `null` if the action had no
   * signature.
   */
  readonly signed: readonly string[] | null;
  /** The user message to answer; `null` after tool output and structured input, and in actions. */
  readonly message: UserMessageItem | null;
  /**
   * Aborted at `maxRunTime`, at shutdown, and in streaming operations when the client has left (unless
   * `onDisconnect` is `'finish'`), or when the run is over but a handler is not: an interceptor has ended its
   * events early, or `ctx.emit` or `ctx.respond` was not awaited. `@OnStreamCancelled` gets a new signal,
   * aborted when `cancelGrace` is over.
   */
  readonly signal: AbortSignal;
  /** The store, bound to this request's owner. */
  readonly store: ScopedStore;
  /** Logs with the request's id. */
  readonly log: Logger;
  /**
   * Sends an event from anywhere during the run. Resolves when the event is stored and handed to the
   * response; rejects with `run_ended` after the handler has ended.
   */
  emit(event: HandlerEvent): Promise<void>;
  /** Runs the responder on the given text, like `yield respond(…)`. Resolves when the responder has ended. */
  respond(text: string, options?: RespondOptions): Promise<void>;
}
