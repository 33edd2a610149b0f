import type { EventDraft } from '../../context';
import { clientToolCall } from '../../events';
import { runEnded } from '../../pipeline';
import { VISIBLE_ITEM_TYPES, type WorkflowItem } from '../../protocol';
import { isPromise, type Awaitable } from '../../store';
import type { Drafts } from '../convert/drafts';
import type { Position } from '../convert/position';
import type { AgentState } from './agent-state';
import { takeClientCall } from './client-call';
import type { Emission } from './emissions';
import { RunReader } from './run-reader';

/** Converts what a model streams, one event at a time. */
export interface StreamConverter<T> {
  convert(event: T): Awaitable<Drafts>;
  /**
   * Nothing more comes.
   * @throws ModelError where the stream has not ended as it should
   */
  finish(): Drafts;
  /** Whether all has been converted that was there when something was emitted. */
  isPast(position: Position): boolean;
  /** The id of the latest call of a tool. */
  latestCallOf(name: string): string | undefined;
}

/** What is known at the good end of a stream. */
export interface StreamEnd {
  /** The id of the model's call for which the browser is asked. */
  readonly clientCall: string | undefined;
}

/**
 * The events of one answer: what the model streams, converted, and between it what tools emit. It ends at
 * once when the request is aborted, whatever the model and its tools do.
 */
export class AgentStream<T> {
  private readonly reader: RunReader<T>;
  private readonly signal: AbortSignal;
  private readonly resumesAt: WorkflowItem | undefined;

  constructor(
    private readonly state: AgentState,
    source: AsyncIterable<T>,
    private readonly converter: StreamConverter<T>,
    private readonly atEnd?: (end: StreamEnd) => Promise<void>,
  ) {
    this.reader = new RunReader(source);
    this.signal = state.ctx.signal;
    this.resumesAt = state.workflow.open;
    state.emissions.open();
    state.emissions.onPush = this.reader.wake;
    this.signal.addEventListener('abort', this.reader.wake);
  }

  async *events(): AsyncGenerator<EventDraft, void> {
    for (;;) {
      if (this.state.emissions.first !== undefined) yield* this.emitted();
      if (this.isAborted()) return;
      const next = this.reader.next();
      const step = isPromise(next) ? await next : next;
      if (this.isAborted()) return;
      if (step.type === 'end') break;
      if (step.type === 'error') throw step.error;
      if (step.type === 'woken') continue;
      const converted = this.converter.convert(step.event);
      const drafts = isPromise(converted) ? await converted : converted;
      this.noteSaid(drafts);
      for (const draft of drafts) {
        this.note(draft);
        yield draft;
      }
    }
    yield* this.ending();
  }

  private isAborted(): boolean {
    return this.signal.aborted;
  }

  close(): void {
    this.signal.removeEventListener('abort', this.reader.wake);
    this.state.emissions.onPush = undefined;
    this.state.emissions.close(runEnded());
    this.reader.leave();
  }

  private *noted(drafts: Drafts): Generator<EventDraft, void> {
    for (const draft of drafts) {
      this.note(draft);
      yield draft;
    }
  }

  private note(draft: EventDraft): void {
    this.state.hasSent = true;
    this.state.footprint.noteNew(draft);
  }

  /** What tools have emitted, as far as its turn has come. */
  private async *emitted(): AsyncGenerator<EventDraft, void> {
    const { emissions } = this.state;
    for (let next = emissions.first; next !== undefined; next = emissions.first) {
      if (!this.converter.isPast(next.after) && (await this.reader.hasMore())) return;
      if (this.isAborted()) return;
      const made = await settled(next.make);
      if ('error' in made) {
        next.reject(made.error);
      } else {
        yield* this.noted(made.drafts);
        next.resolve();
      }
      emissions.shift();
    }
  }

  private async *ending(): AsyncGenerator<EventDraft, void> {
    yield* this.emitted();
    const rest = this.converter.finish();
    this.noteSaid(rest);
    yield* this.noted(rest);
    await this.storeOpenWorkflow();
    const clientCall = takeClientCall(this.state, (name) => this.converter.latestCallOf(name));
    await this.atEnd?.({ clientCall: clientCall?.callId });
    if (clientCall !== undefined) yield clientToolCall(clientCall.name, clientCall.args, clientCall);
  }

  /** One that is open is stored as it is, for the next turn to go on with. */
  private async storeOpenWorkflow(): Promise<void> {
    const { ctx, workflow } = this.state;
    const { leftOpen } = workflow;
    if (leftOpen !== undefined && leftOpen !== this.resumesAt) await ctx.store.saveItem(leftOpen);
  }

  /** What the model has said itself, it need not be told. */
  private noteSaid(drafts: Drafts): void {
    for (const draft of drafts) {
      if (draft.type !== 'thread.item.done' || draft.item.id === undefined) continue;
      const { known } = this.state;
      const { id, type } = draft.item;
      if (type === 'assistant_message') this.state.known = { ...known, messages: [...known.messages, id] };
      if (type === 'generated_image') this.state.known = { ...known, others: [...known.others, id] };
    }
  }
}

async function settled(make: Emission['make']): Promise<{ drafts: Drafts } | { error: unknown }> {
  try {
    return { drafts: await make() };
  } catch (error) {
    return { error };
  }
}

/**
 * The workflow that is open already is gone on with, as that of runs of one turn. Else the newest item is,
 * where it is a workflow; so is the one before a client tool call.
 */
export async function takeUpWorkflow({ ctx, workflow, footprint }: AgentState): Promise<void> {
  if (workflow.open !== undefined) {
    if (workflow.leftOpen !== undefined) footprint.keep(workflow.leftOpen);
    return;
  }
  const { data } = await ctx.store.listItems(ctx.thread.id, {
    limit: 2,
    order: 'desc',
    types: VISIBLE_ITEM_TYPES,
  });
  const [last, beforeLast] = data;
  const item = last?.type === 'client_tool_call' ? beforeLast : last;
  if (item?.type !== 'workflow') return;
  footprint.keep(item);
  workflow.takeUp(item);
}
