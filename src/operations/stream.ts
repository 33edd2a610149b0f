import type { Observable } from 'rxjs';
import type { EventDraft, Lifetime, RunContext } from '../context';
import { UnavailableError } from '../errors';
import type { Handler, Observe } from '../execution';
import { Run, type EventSink, type RunPlan } from '../pipeline';
import type { StreamOptions, ThreadItem } from '../protocol';
import {
  chain,
  isPromise,
  onFailure,
  type AcquireOptions,
  type Awaitable,
  type ReleaseLock,
  type ThreadLock,
  threadKey,
} from '../store';
import type { Answer, Call, Environment, StreamHandle } from './environment';
import { answerInTurn, busy } from './waiting-run';

/**
 * Starts a run under its thread's lock. `prepare` loads the thread and items that the request names into
 * the context and checks them; its errors are answered over HTTP, and nothing is stored. It is called
 * again after waiting for the lock, since the thread may have changed. Every wait ends with the request,
 * and the lock is released in all cases.
 */
export function answerWithStream(
  { env, ctx }: Call,
  threadId: string,
  prepare: () => Awaitable<StreamSteps>,
): Awaitable<Answer> {
  const key = threadKey(ctx.owner, threadId);
  const lock =
    env.threads.concurrency === 'parallel' ? doNothing : acquire(env.lock, key, { waitMs: 0 }, ctx);
  return chain(lock, (release) =>
    release === null
      ? answerInTurn(env, ctx, key, prepare, (sink) => startInTurn(env, ctx, key, prepare, sink))
      : answerNow(env, ctx, key, prepare, release),
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
      release(); // the client disconnected before anything was stored
      ctx.lifetime.end();
      sink.end();
      return GONE;
    },
    abandon: release,
  }));
}

/** Starts the run when the thread's lock is acquired. */
async function startInTurn(
  env: Environment,
  ctx: RunContext,
  key: string,
  prepare: () => Awaitable<StreamSteps>,
  sink: EventSink,
): Promise<StreamHandle> {
  const { lifetime } = ctx;
  const { waitMs } = env.threads;
  lifetime.expireIn(waitMs + env.run.maxRunTime);
  const lock = await acquire(env.lock, key, { waitMs, signal: ctx.signal }, ctx);
  if (lock === null) {
    lifetime.throwIfAborted();
    throw busy();
  }
  lifetime.expireIn(env.run.maxRunTime); // the waiting time does not count
  const steps = await prepareUnder(lock, lifetime, prepare);
  return startRun(env, ctx, key, steps, lock, sink);
}

/** Prepares a run. Releases the lock if that fails or the request has ended in the meantime. */
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

/** Acquires the lock. A lock that arrives after its request has ended is released. */
function acquire(
  lock: ThreadLock,
  key: string,
  options: AcquireOptions,
  ctx: RunContext,
): Awaitable<ReleaseLock | null> {
  const { lifetime } = ctx;
  const acquired = chain(
    lock.acquire(key, { ...options, onLost: () => lifetime.abort(lockLost()) }),
    (release) => release && (() => giveBackLock(release, ctx)),
  );
  if (!isPromise(acquired)) return acquired;
  const giveBack = (): void => {
    void Promise.resolve(acquired).then(
      (release) => release?.(),
      () => undefined,
    );
  };
  return onFailure(() => lifetime.until(acquired), giveBack);
}

/** The reason with which a run is cancelled when its lock is lost: another process may hold it now. */
function lockLost(): UnavailableError {
  return new UnavailableError('The connection that held the lock of this thread was lost.', {
    code: 'lock_lost',
    allowRetry: true,
  });
}

/** Never throws: releasing the app's own lock may fail, but the run's work is already done. */
function giveBackLock(release: () => unknown, ctx: RunContext): Awaitable<void> {
  const failed = (error: unknown): void =>
    ctx.log.error({ err: error }, 'the lock of a thread could not be released');
  try {
    const released = release(); // a promise if `release` is async
    if (isPromise(released)) return released.then(() => undefined, failed);
  } catch (error) {
    failed(error);
  }
}

/** Starts the run, or releases the lock and throws. */
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

const GONE: StreamHandle = { disconnected: doNothing };

function doNothing(): void {
  // there is no lock to release and no run to stop
}

/** The part of a run that depends on the operation. */
export type StreamSteps = Pick<RunPlan, 'source'> & Partial<Pick<RunPlan, 'begin' | 'prelude'>>;

/** The plan of a run under its thread's lock. */
class LockedPlan implements RunPlan {
  /** Cleared when the last step is taken, to free the memory of the request that they hold. */
  private steps: StreamSteps | undefined;
  private run: Run | undefined;

  constructor(
    private readonly env: Environment,
    readonly ctx: RunContext,
    private readonly key: string,
    steps: StreamSteps,
    private readonly release: ReleaseLock,
  ) {
    this.steps = steps;
  }

  start(sink: EventSink): Run {
    const { env, key } = this;
    this.run = new Run(this, sink, env.run);
    env.runs.add(key, this.run);
    this.run.start();
    return this.run;
  }

  begin(): Awaitable<void> {
    return this.steps?.begin?.();
  }

  prelude(): Iterable<EventDraft | Promise<void>> {
    return this.steps?.prelude?.() ?? [];
  }

  streamOptions(): Awaitable<StreamOptions> {
    const { env, ctx } = this;
    const { streamOptions } = env.table;
    return streamOptions === undefined
      ? { allow_cancel: env.run.onDisconnect === 'cancel' }
      : optionsOf(streamOptions, ctx);
  }

  source(observe: Observe): Observable<EventDraft> {
    const source = this.steps?.source;
    this.steps = undefined;
    if (source === undefined) throw new Error('The steps of a run can be taken only once.');
    return source(observe);
  }

  responder(child: RunContext): Handler {
    return responderFor(this.env, child);
  }

  cancelled(pending: ThreadItem[], after: RunContext): Promise<unknown> | undefined {
    return this.env.table.streamCancelled?.call(after, pending);
  }

  onFinish(): unknown {
    const { env, key, run } = this;
    if (run !== undefined) env.runs.remove(key, run);
    const released = this.release();
    // Only with 'reject' the run waits until the lock is free, so that the client's next request is not
    // rejected. In other modes the next request waits for the lock itself or needs none.
    return env.threads.concurrency === 'reject' ? released : undefined;
  }
}

/** Calls `@StreamOptions`, then clears `ctx.where`, so that later log lines do not name that hook. */
async function optionsOf(hook: Handler, ctx: RunContext): Promise<StreamOptions> {
  const options = (await hook.call(ctx, ctx.thread)) as StreamOptions;
  ctx.where = undefined;
  return options;
}

/** The responder for the tool and model that the user has chosen. */
export function responderFor({ table }: Environment, ctx: RunContext): Handler {
  const { tool_choice, model } = ctx.message?.inference_options ?? {};
  const handler = table.responder({ tool: tool_choice?.id, model });
  if (handler === undefined) throw new Error('No @OnMessage handler: the startup check requires one.');
  return handler;
}
