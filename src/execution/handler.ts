import type { Observable } from 'rxjs';
import type { EventDraft, HandlerResult, RunContext } from '../context';
import type { HandlerKind } from '../metadata';

/**
 * Pulls what `start` returns, at the pace that the stream can take. Cold: `start` runs on
 * subscription, and what it throws is the Observable's error.
 */
export type Observe = (start: () => HandlerResult, ctx: RunContext) => Observable<EventDraft>;

/** Turns what a handler's method has returned into events. */
export type ToEvents = (returned: unknown) => HandlerResult;

/** A handler ready to run. */
export interface Handler {
  readonly kind: HandlerKind;
  /** For people: `ItemController.select`. */
  readonly where: string;
  /**
   * Runs a streaming handler (`action`, `message`), or another one whose result `toEvents` turns into
   * events. Cold: nothing runs before subscription. An error
   * that no filter turned into events is the Observable's error.
   */
  stream(ctx: RunContext, observe: Observe, toEvents?: ToEvents): Observable<EventDraft>;
  /**
   * Runs a handler that answers with one value (all other kinds). `input` is what an undecorated
   * method gets first; a sync action gets its validated payload instead. Rejects with what a guard,
   * the validation, an interceptor or the method threw.
   */
  call(ctx: RunContext, input?: unknown): Promise<unknown>;
}
