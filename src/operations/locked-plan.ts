import type { Observable } from 'rxjs';
import type { EventDraft, RunContext } from '../context';
import type { Handler, Observe } from '../execution';
import { Run, type EventSink, type RunPlan } from '../pipeline';
import type { StreamOptions, ThreadItem } from '../protocol';
import type { Awaitable, ReleaseLock } from '../store';
import type { Environment } from './environment';

/** What one kind of streaming request does. */
export type StreamSteps = Pick<RunPlan, 'source'> & Partial<Pick<RunPlan, 'begin' | 'prelude'>>;

/** What a run is to do, under its thread's lock. */
export class LockedPlan implements RunPlan {
  /** Let go of when the last is taken: they hold all that the request has brought. */
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
    if (source === undefined) throw new Error('The steps of a run are taken once.');
    return source(observe);
  }

  responder(child: RunContext): Handler {
    return responderFor(this.env, child);
  }

  cancelled(pending: ThreadItem[], after: RunContext): Promise<unknown> | undefined {
    return this.env.table.streamCancelled?.call(after, pending);
  }

  onFinish(): void {
    if (this.run !== undefined) this.env.runs.remove(this.key, this.run);
    this.release();
  }
}

/** What `@StreamOptions` says. What is logged after it does not come from that hook. */
async function optionsOf(hook: Handler, ctx: RunContext): Promise<StreamOptions> {
  const options = (await hook.call(ctx, ctx.thread)) as StreamOptions;
  ctx.where = undefined;
  return options;
}

/** The responder that the user's choice of tool and model asks for. */
export function responderFor({ table }: Environment, ctx: RunContext): Handler {
  const { tool_choice, model } = ctx.message?.inference_options ?? {};
  const handler = table.responder({ tool: tool_choice?.id, model });
  if (handler === undefined) throw new Error('No @OnMessage handler: the check at startup asks for one.');
  return handler;
}
