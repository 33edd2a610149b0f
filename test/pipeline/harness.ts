import { throwError, type Observable } from 'rxjs';
import { RunContext, type EventDraft, type HandlerResult, type Logger } from '../../src/context';
import type { Handler } from '../../src/execution';
import { Gate, LeftRuns, Run, type EventSink, type RunPlan, type RunSettings } from '../../src/pipeline';
import type { ThreadItem, ThreadMetadata, ThreadStreamEvent } from '../../src/protocol';
import { generateId, type Store } from '../../src/store';
import { MemoryStore } from '../../src/stores';

/** Takes what a run sends, as a response would. */
export class FakeSink implements EventSink {
  readonly gate = new Gate();
  readonly events: ThreadStreamEvent[] = [];
  readonly failures: unknown[] = [];
  started = false;
  closed = false;

  open(): void {
    this.started = true;
  }
  write(text: string): void {
    if (this.closed) return;
    this.started = true;
    this.events.push(JSON.parse(text) as ThreadStreamEvent);
  }
  end(): void {
    this.closed = true;
  }
  fail(error: unknown): void {
    this.failures.push(error);
    this.closed = true;
  }
  get types(): string[] {
    return this.events.map(({ type }) => type);
  }
}

export interface LogLine {
  level: string;
  details: Record<string, unknown>;
  message: string;
}

export function recordingLogger(lines: LogLine[]): Logger {
  const at = (level: string) => (details: Record<string, unknown>, message: string) => {
    lines.push({ level, details, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export const THREAD: ThreadMetadata = {
  id: 'thr_1',
  created_at: '2026-01-01T00:00:00.000Z',
  status: { type: 'active' },
  metadata: {},
};

/** A context on a thread that exists. */
export function makeContext(store: Store = new MemoryStore(), lines: LogLine[] = []): RunContext {
  const ctx = new RunContext(
    {
      operation: 'threads.add_user_message',
      requestId: 'req_1',
      requestContext: {},
      owner: 'alice',
      locale: 'en',
      metadata: {},
    },
    { store, logger: recordingLogger(lines), generateId, check: true },
  );
  ctx.thread = structuredClone(THREAD);
  void store.createThread(ctx, THREAD);
  return ctx;
}

/** A handler that is only a function. */
export function handlerOf(start: (ctx: RunContext) => HandlerResult): Handler {
  return {
    kind: 'message',
    where: 'Test.handler',
    stream: (ctx, observe) => observe(() => start(ctx), ctx),
    call: () => Promise.reject(new Error('not called in these tests')),
  };
}

export interface Started {
  run: Run;
  sink: FakeSink;
  ctx: RunContext;
  store: Store;
  lines: LogLine[];
  finished: () => boolean;
  items: () => Promise<ThreadItem[]>;
}

export interface StartOptions {
  store?: Store;
  settings?: Partial<RunSettings>;
  plan?: Partial<RunPlan>;
  responder?: (ctx: RunContext) => HandlerResult;
  sink?: FakeSink;
}

/** Starts a run of a handler on a fresh thread. */
export function start(handler: (ctx: RunContext) => HandlerResult, options: StartOptions = {}): Started {
  const store = options.store ?? new MemoryStore();
  const lines: LogLine[] = [];
  const ctx = makeContext(store, lines);
  const sink = options.sink ?? new FakeSink();
  let finished = false;
  const run = new Run(
    {
      ctx,
      prelude: () => [],
      streamOptions: () => ({ allow_cancel: true }),
      source: (observe): Observable<EventDraft> => handlerOf(handler).stream(ctx, observe),
      responder: () =>
        options.responder === undefined
          ? { ...handlerOf(() => undefined), stream: () => throwError(() => new Error('no responder')) }
          : handlerOf(options.responder),
      onFinish: () => {
        finished = true;
      },
      ...options.plan,
    },
    sink,
    {
      onDisconnect: 'cancel',
      cancelGrace: 50,
      maxRunTime: 10_000,
      instance: 'test',
      left: new LeftRuns(),
      ...options.settings,
    },
  );
  ctx.lifetime.expireIn(options.settings?.maxRunTime ?? 10_000);
  run.start();
  return {
    run,
    sink,
    ctx,
    store,
    lines,
    finished: () => finished,
    items: async () => (await store.listItems(ctx, THREAD.id, { limit: 100, order: 'asc' })).data,
  };
}

/** Resolves when `condition` holds; fails after `ms`. */
export async function until(condition: () => boolean, ms = 5_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > deadline)
      throw new Error(`It did not come to pass within ${String(ms)} ms: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A store whose every call takes a turn of the event loop, as a database's does. */
export function asyncStore(inner: Store): Store {
  return new Proxy(inner, {
    get(target, key) {
      if (key === 'isVolatile') return false; // as databases are, which take their time
      const value = Reflect.get(target, key) as unknown;
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        await new Promise((resolve) => setImmediate(resolve));
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
