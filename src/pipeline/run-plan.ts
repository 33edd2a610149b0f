import type { Observable } from 'rxjs';
import type { EventDraft, RunContext } from '../context';
import type { Handler, Observe } from '../execution';
import type { StreamOptions, ThreadItem } from '../protocol';
import type { Awaitable } from '../store';
import type { LeftRuns } from './left-runs';

/** What an operation wants run. */
export interface RunPlan {
  readonly ctx: RunContext;
  /** Stores what has to be there before the first event, as a new thread. What it throws is answered over HTTP. */
  begin?(): Awaitable<void>;
  /** Events, and promises of stores at work, before `stream_options`. */
  prelude(): Iterable<EventDraft | Promise<void>>;
  streamOptions(): Awaitable<StreamOptions>;
  /** The handler's events. */
  source(observe: Observe): Observable<EventDraft>;
  /** The responder for a synthetic message. */
  responder(ctx: RunContext): Handler;
  /**
   * What is done when the stream is cut off, in a context that outlives the run's signal; `undefined` where
   * what was shown is to be kept, as it is by default.
   */
  cancelled?(pending: ThreadItem[], ctx: RunContext): Promise<unknown> | undefined;
  /** Called once, when all is over: gives the thread's lock back. The response ends when what it promises is done. */
  onFinish(): unknown;
}

export interface RunSettings {
  onDisconnect: 'cancel' | 'finish';
  /** How long a handler that was stopped may take to finish, in milliseconds. */
  cancelGrace: number;
  /** How long a run may take, in milliseconds; the deadline of its context's lifetime. */
  maxRunTime: number;
  /** This process, in records of open runs. */
  instance: string;
  /** Takes the runs of this process that the store failed at the end of. */
  left: LeftRuns;
}
