import type { ActionRequest, Operation, ThreadMetadata, UserMessageItem, WidgetItem } from '../protocol';
import type { HandlerEvent, RespondOptions } from './drafts';
import type { Logger } from './logger';
import type { RequestContext } from './register';
import type { ScopedStore } from './scoped-store';

/**
 * What travels with a request: who asks, about which thread, and the ways to answer. Handlers,
 * guards, interceptors and filters all receive the same one.
 *
 * `T` is what the application's `context(req)` returned.
 *
 * @example
 * `@OnAction('item.select', { payload: SelectItem })`
 * async *select({ id }: SelectItem, ctx: ChatContext<{ userId: string }>) {
 *   ctx.thread.title = `Item ${id}`; // saved and told to the client by itself
 *   yield hiddenContext(`<SELECTED by="${ctx.requestContext.userId}">${id}</SELECTED>`);
 * }
 */
export interface ChatContext<T = RequestContext> {
  readonly operation: Operation | 'app.as';
  /** The request's correlation id: the `x-request-id` header, else made here. */
  readonly requestId: string;
  readonly requestContext: T;
  /** Whose data this request may see. */
  readonly owner: string;
  /** The first language of `Accept-Language`, as `de-CH`; `en` without one. */
  readonly locale: string;
  /** The request envelope's `metadata`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * The thread. Changes to its title, status, metadata and allowed image domains are saved after the
   * next event, and told to the client.
   * @throws Error in an operation that has no thread (transcription).
   */
  readonly thread: ThreadMetadata;
  /** The widget that the action came from; `null` for actions of the page itself, and outside actions. */
  readonly sender: WidgetItem | null;
  readonly action: ActionRequest | null;
  /**
   * The fields of the action's payload that are as this server signed them; `null` where the action
   * carried no signature.
   */
  readonly signed: readonly string[] | null;
  /** The user message to answer; `null` after tool output and structured input, and in actions. */
  readonly message: UserMessageItem | null;
  /**
   * Aborted at `maxRunTime`, at shutdown, and in streaming operations when the client has left (unless
   * runs are to finish). In `@OnStreamCancelled` it is a new one, aborted when `cancelGrace` is over.
   */
  readonly signal: AbortSignal;
  /** The store, bound to this request's owner. */
  readonly store: ScopedStore;
  /** Logs with the request's id. */
  readonly log: Logger;
  /**
   * Sends an event from anywhere while the run lasts. Resolves when it is persisted and accepted;
   * rejects with a coded error (`run_ended`) when the run is over.
   */
  emit(event: HandlerEvent): Promise<void>;
  /** Runs the responder on a synthetic user message; resolves when it has ended. As `yield respond(…)`. */
  respond(text: string, options?: RespondOptions): Promise<void>;
}
