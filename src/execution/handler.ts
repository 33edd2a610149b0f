import type { Observable } from 'rxjs';
import type { EventDraft, HandlerResult, RunContext } from '../context';
import type { HandlerKind } from '../metadata';

/**
 * Pulls the result of `start`, at the pace that the stream can take. Cold: `start` runs on
 * subscription, and its exception becomes the Observable's error.
 */
export type Observe = (start: () => HandlerResult, ctx: RunContext) => Observable<EventDraft>;

/** Turns the return value of a handler's method into events. */
export type ToEvents = (returned: unknown) => HandlerResult;

/** A handler ready to run. */
export interface Handler {
  readonly kind: HandlerKind;
  /** Class and method, for messages: `ItemController.select`. */
  readonly where: string;
  /**
   * Runs a streaming handler (`action`, `message`), or another one whose result `toEvents` turns into
   * events. Cold: nothing runs before subscription. An error that no filter turned into events becomes
   * the Observable's error.
   */
  stream(ctx: RunContext, observe: Observe, toEvents?: ToEvents): Observable<EventDraft>;
  /**
   * Runs a handler that returns one value (all other kinds). `input` is the first argument of an
   * undecorated method; a sync action gets its validated payload instead. Rejects with the error of a
   * guard, the validation, an interceptor or the method.
   */
  call(ctx: RunContext, input?: unknown): Promise<unknown>;
}
