import type { Observable } from 'rxjs';
import type { EventDraft, RunContext } from '../context';
import type { Handler, Observe } from '../execution';
import type { StreamOptions, ThreadItem } from '../protocol';
import type { Awaitable } from '../store';
import type { LeftRuns } from './left-runs';

/** What an operation gives to a run. */
export interface RunPlan {
  readonly ctx: RunContext;
  /** Stores what must exist before the first event, such as a new thread. Its errors are HTTP responses. */
  begin?(): Awaitable<void>;
  /** Events, and promises of store operations, before `stream_options`. */
  prelude(): Iterable<EventDraft | Promise<void>>;
  streamOptions(): Awaitable<StreamOptions>;
  /** The handler's events. */
  source(observe: Observe): Observable<EventDraft>;
  /** The responder for a synthetic message. */
  responder(ctx: RunContext): Handler;
  /**
   * Called when the stream is cancelled, with a context that outlives the run's signal. Returns `undefined`
   * for the default, which stores what was shown.
   */
  cancelled?(pending: ThreadItem[], ctx: RunContext): Promise<unknown> | undefined;
  /** Called once, at the very end: releases the thread's lock. The response ends after a returned promise. */
  onFinish(): unknown;
}

export interface RunSettings {
  onDisconnect: 'cancel' | 'finish';
  /** How long a stopped handler may take to finish, in milliseconds. */
  cancelGrace: number;
  /** How long a run may take, in milliseconds; the deadline of its context's lifetime. */
  maxRunTime: number;
  /** The name of this process in the records of open runs. */
  instance: string;
  /** Collects runs of this process at whose end the store failed. */
  left: LeftRuns;
}
