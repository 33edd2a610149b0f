import type { Lifetime, RunContext } from '../context';
import { ConflictError, type ChatError } from '../errors';
import { toErrorEvent, type Handler } from '../execution';
import { clientLeft, Run, type EventSink, type RunPlan } from '../pipeline';
import { writeEvent, type StreamOptions, type ThreadItem } from '../protocol';
import { isPromise, type AcquireOptions, type ReleaseLock, type ThreadLock } from '../store';
import { threadKey, type WaitingRequest } from './active-runs';
import type { Answer, Call, Environment, StreamHandle } from './environment';
import type { LeavePlace } from './waiting-places';

/** What one kind of streaming request does. */
export type StreamSteps = Pick<RunPlan, 'source'> & Partial<Pick<RunPlan, 'begin' | 'prelude'>>;

/**
 * Starts a run under its thread's lock. `prepare` loads and checks what the request names, into the
 * context; what it throws is answered over HTTP, with nothing stored. It is called again when the
 * lock had to be waited for, since the thread may have changed meanwhile. Nothing is waited for
 * longer than the request lives, and whatever happens the lock is given back.
 */
export async function answerWithStream(
  { env, ctx }: Call,
  threadId: string,
  prepare: () => Promise<StreamSteps> | StreamSteps,
): Promise<Answer> {
  const { lifetime } = ctx;
  const { concurrency, waitMs, places } = env.threads;
  const key = threadKey(ctx.owner, threadId);
  const release =
    concurrency === 'parallel' ? doNothing : await acquire(env.lock, key, { waitMs: 0 }, lifetime);
  if (release !== null) {
    const steps = await prepareUnder(release, lifetime, prepare);
    return {
      kind: 'stream',
      start(sink) {
        if (!sink.closed || env.run.onDisconnect === 'finish') {
          return startRun(env, ctx, key, steps, release, sink);
        }
        release(); // the client left before anything was stored
        lifetime.end();
        return GONE;
      },
      abandon: release,
    };
  }
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
async function prepareUnder(
  release: ReleaseLock,
  lifetime: Lifetime,
  prepare: () => Promise<StreamSteps> | StreamSteps,
): Promise<StreamSteps> {
  try {
    lifetime.throwIfAborted();
    return await lifetime.until(prepare());
  } catch (error) {
    release();
    throw error;
  }
}

/** A lock that comes when nobody waits for it any more is given back. */
async function acquire(
  lock: ThreadLock,
  key: string,
  options: AcquireOptions,
  lifetime: Lifetime,
): Promise<ReleaseLock | null> {
  const acquired = lock.acquire(key, options);
  try {
    return await lifetime.until(acquired);
  } catch (error) {
    if (isPromise(acquired)) {
      void Promise.resolve(acquired).then(
        (release) => release?.(),
        () => undefined,
      );
    }
    throw error;
  }
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
    const run = makeRun(env, ctx, key, steps, release, sink);
    env.runs.add(key, run);
    run.start();
    return run;
  } catch (error) {
    release();
    throw error;
  }
}

function makeRun(
  env: Environment,
  ctx: RunContext,
  key: string,
  steps: StreamSteps,
  release: ReleaseLock,
  sink: EventSink,
): Run {
  const { table } = env;
  const { streamCancelled, streamOptions } = table;
  const run: Run = new Run(
    {
      ctx,
      ...takenOnce(steps),
      streamOptions: () =>
        streamOptions === undefined
          ? { allow_cancel: env.run.onDisconnect === 'cancel' }
          : optionsOf(streamOptions, ctx),
      responder: (child) => responderFor(env, child),
      cancelled:
        streamCancelled &&
        (async (pending: ThreadItem[], after: RunContext) => {
          await streamCancelled.call(after, pending);
        }),
      onFinish() {
        env.runs.remove(key, run);
        release();
      },
    },
    sink,
    env.run,
  );
  return run;
}

/** What `@StreamOptions` says. What is logged after it does not come from that hook. */
async function optionsOf(hook: Handler, ctx: RunContext): Promise<StreamOptions> {
  const options = (await hook.call(ctx, ctx.thread)) as StreamOptions;
  ctx.where = undefined;
  return options;
}

/** Lets the steps go when the last is taken: they hold all that the request has brought. */
function takenOnce(steps: StreamSteps): Pick<RunPlan, 'begin' | 'prelude' | 'source'> {
  let ahead: StreamSteps | undefined = steps;
  return {
    begin: () => ahead?.begin?.(),
    prelude: () => ahead?.prelude?.() ?? [],
    source(observe) {
      const source = ahead?.source;
      ahead = undefined;
      if (source === undefined) throw new Error('The steps of a run are taken once.');
      return source(observe);
    },
  };
}

/** The responder that the user's choice of tool and model asks for. */
export function responderFor({ table }: Environment, ctx: RunContext): Handler {
  const { tool_choice, model } = ctx.message?.inference_options ?? {};
  const handler = table.responder({ tool: tool_choice?.id, model });
  if (handler === undefined) throw new Error('No @OnMessage handler: the check at startup asks for one.');
  return handler;
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
