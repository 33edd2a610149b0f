import type { RunContext } from '../context';
import { ConflictError, type ChatError } from '../errors';
import { toErrorEvent } from '../execution';
import { clientLeft, type EventSink } from '../pipeline';
import { writeEvent } from '../protocol';
import type { Awaitable } from '../store';
import type { WaitingRequest } from './active-runs';
import type { Answer, Environment, StreamHandle } from './environment';
import type { LeavePlace } from './waiting-places';

/**
 * Answers a request whose thread is busy: it waits for its turn, or is rejected.
 *
 * @param prepare loads and checks the request's thread and items, before it waits
 * @param start waits for the thread's lock and starts the run
 */
export async function answerInTurn(
  env: Environment,
  ctx: RunContext,
  key: string,
  prepare: () => Awaitable<unknown>,
  start: (sink: EventSink) => Promise<StreamHandle>,
): Promise<Answer> {
  const { lifetime } = ctx;
  const { concurrency, places } = env.threads;
  const leave = places.take(key);
  if (leave === null) throw busy();
  try {
    await lifetime.until(prepare());
    // If the current run is being stopped, the request waits instead: its client has just stopped that run.
    if (concurrency === 'reject' && env.runs.whenStopped(key) === undefined) {
      throw new ConflictError('This thread is busy with another request.', { code: 'thread_busy' });
    }
  } catch (error) {
    leave();
    throw error;
  }
  return {
    kind: 'stream',
    start(sink) {
      return new WaitingRun(env, ctx, sink, leave, () => start(sink));
    },
    abandon: leave,
  };
}

/** A stream whose headers have been sent while its thread is busy with another run. */
class WaitingRun implements StreamHandle, WaitingRequest {
  readonly settled: Promise<void>;
  private run: StreamHandle | undefined;

  constructor(
    private readonly env: Environment,
    private readonly ctx: RunContext,
    private readonly sink: EventSink,
    /** Releases its place in the queue. */
    private readonly leave: LeavePlace,
    start: () => Promise<StreamHandle>,
  ) {
    env.runs.waiting.add(this);
    this.settled = this.begin(start);
  }

  giveUp(reason: Error): void {
    this.ctx.isCancelled = true;
    this.ctx.lifetime.abort(reason);
  }

  disconnected(): void {
    if (this.run !== undefined) this.run.disconnected();
    else if (this.env.run.onDisconnect === 'cancel') this.giveUp(clientLeft());
  }

  private async begin(start: () => Promise<StreamHandle>): Promise<void> {
    this.sink.open();
    try {
      this.run = await start();
    } catch (error) {
      this.ctx.lifetime.end();
      this.sink.write(writeEvent(toErrorEvent(error, this.ctx)));
      this.sink.end();
    }
    this.leave();
    this.env.runs.waiting.delete(this);
  }
}

/** The error for a request that has waited too long, or finds no place in the queue. */
export function busy(): ChatError {
  return new ConflictError('This thread is still busy with another request. Try again in a moment.', {
    code: 'thread_busy',
    allowRetry: true,
  });
}
