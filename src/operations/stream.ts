import type { Lifetime, RunContext } from '../context';
import { ConflictError, type ChatError } from '../errors';
import { toErrorEvent } from '../execution';
import { clientLeft, type EventSink } from '../pipeline';
import { writeEvent } from '../protocol';
import {
  chain,
  isPromise,
  onFailure,
  type AcquireOptions,
  type Awaitable,
  type ReleaseLock,
  type ThreadLock,
} from '../store';
import { threadKey, type WaitingRequest } from './active-runs';
import type { Answer, Call, Environment, StreamHandle } from './environment';
import { LockedPlan, type StreamSteps } from './locked-plan';
import type { LeavePlace } from './waiting-places';

/**
 * Starts a run under its thread's lock. `prepare` loads and checks what the request names, into the
 * context; what it throws is answered over HTTP, with nothing stored. It is called again when the
 * lock had to be waited for, since the thread may have changed meanwhile. Nothing is waited for
 * longer than the request lives, and whatever happens the lock is given back.
 */
export function answerWithStream(
  { env, ctx }: Call,
  threadId: string,
  prepare: () => Awaitable<StreamSteps>,
): Awaitable<Answer> {
  const key = threadKey(ctx.owner, threadId);
  const lock =
    env.threads.concurrency === 'parallel' ? doNothing : acquire(env.lock, key, { waitMs: 0 }, ctx.lifetime);
  return chain(lock, (release) =>
    release === null ? answerInTurn(env, ctx, key, prepare) : answerNow(env, ctx, key, prepare, release),
  );
}

function answerNow(
  env: Environment,
  ctx: RunContext,
  key: string,
  prepare: () => Awaitable<StreamSteps>,
  release: ReleaseLock,
): Awaitable<Answer> {
  return chain(prepareUnder(release, ctx.lifetime, prepare), (steps) => ({
    kind: 'stream',
    start(sink) {
      if (!sink.closed || env.run.onDisconnect === 'finish') {
        return startRun(env, ctx, key, steps, release, sink);
      }
      release(); // the client left before anything was stored
      ctx.lifetime.end();
      return GONE;
    },
    abandon: release,
  }));
}

/** The thread is busy: the request waits for its turn, or is refused. */
async function answerInTurn(
  env: Environment,
  ctx: RunContext,
  key: string,
  prepare: () => Awaitable<StreamSteps>,
): Promise<Answer> {
  const { lifetime } = ctx;
  const { concurrency, waitMs, places } = env.threads;
  const leave = places.take(key);
  if (leave === null) throw busy();
  try {
    await lifetime.until(prepare());
    // Who has stopped a run need not know that it is still being put away.
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
      return new WaitingRun(env, ctx, sink, leave, async () => {
        lifetime.expireIn(waitMs + env.run.maxRunTime);
        const lock = await acquire(env.lock, key, { waitMs, signal: ctx.signal }, lifetime);
        if (lock === null) {
          lifetime.throwIfAborted();
          throw busy();
        }
        lifetime.expireIn(env.run.maxRunTime); // from now on it does not wait, it runs
        const steps = await prepareUnder(lock, lifetime, prepare);
        return startRun(env, ctx, key, steps, lock, sink);
      });
    },
    abandon: leave,
  };
}

/** Prepares a run. Where that fails, or the request has ended meanwhile, the lock is given back. */
function prepareUnder(
  release: ReleaseLock,
  lifetime: Lifetime,
  prepare: () => Awaitable<StreamSteps>,
): Awaitable<StreamSteps> {
  return onFailure(() => {
    lifetime.throwIfAborted();
    return lifetime.until(prepare());
  }, release);
}

/** A lock that comes when its request has ended is given back. */
function acquire(
  lock: ThreadLock,
  key: string,
  options: AcquireOptions,
  lifetime: Lifetime,
): Awaitable<ReleaseLock | null> {
  const acquired = lock.acquire(key, options);
  if (!isPromise(acquired)) return acquired;
  const giveBack = (): void => {
    void Promise.resolve(acquired).then(
      (release) => release?.(),
      () => undefined,
    );
  };
  return onFailure(() => lifetime.until(acquired), giveBack);
}

/** A stream whose headers are out while its thread is busy with another run. */
class WaitingRun implements StreamHandle, WaitingRequest {
  readonly settled: Promise<void>;
  private run: StreamHandle | undefined;

  constructor(
    private readonly env: Environment,
    private readonly ctx: RunContext,
    private readonly sink: EventSink,
    /** Gives its place in the queue back. */
    private readonly leave: LeavePlace,
    start: () => Promise<StreamHandle>,
  ) {
    env.runs.waiting.add(this);
    this.settled = this.begin(start);
  }

  giveUp(reason: Error): void {
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

/** Starts the run, or gives the lock back and throws. */
function startRun(
  env: Environment,
  ctx: RunContext,
  key: string,
  steps: StreamSteps,
  release: ReleaseLock,
  sink: EventSink,
): StreamHandle {
  try {
    ctx.lifetime.throwIfAborted();
    env.runs.assertOpen();
    return new LockedPlan(env, ctx, key, steps, release).start(sink);
  } catch (error) {
    release();
    throw error;
  }
}

function busy(): ChatError {
  return new ConflictError('This thread is still busy with another request. Try again in a moment.', {
    code: 'thread_busy',
    allowRetry: true,
  });
}

const GONE: StreamHandle = { disconnected: doNothing };

function doNothing(): void {
  // there is nothing to give back, or to stop
}
