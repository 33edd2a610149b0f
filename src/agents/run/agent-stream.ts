import type { EventDraft } from '../../context';
import { clientToolCall } from '../../events';
import { runEnded } from '../../pipeline';
import { VISIBLE_ITEM_TYPES, type WorkflowItem } from '../../protocol';
import { isPromise, type Awaitable } from '../../store';
import { NONE, type Drafts } from '../convert/drafts';
import type { Position } from '../convert/position';
import { isModelRefusal } from '../sdk/model-refusal';
import type { AgentState } from './agent-state';
import { takeClientCall } from './client-call';
import type { Emission } from './emissions';
import { RunReader } from './run-reader';

/** Converts the stream of a model, one event at a time. */
export interface StreamConverter<T> {
  /** Must be called before the first event. */
  begin?(): Drafts;
  convert(event: T): Awaitable<Drafts>;
  /**
   * Must be called at the end of the stream.
   * @throws ModelError if the stream broke off
   */
  finish(): Drafts;
  /** Whether everything before this position has been converted. */
  isPast(position: Position): boolean;
  /** The id of the latest call of a tool. */
  latestCallOf(name: string): string | undefined;
}

/** What is known at the successful end of a stream. */
export interface StreamEnd {
  /** The id of the call that a tool in the browser answers. */
  readonly clientCall: string | undefined;
}

/**
 * Yields the events of one answer: the converted stream of the model, and between them the events of tools.
 * It ends at once when the request is aborted, without waiting for the model and its tools.
 */
export class AgentStream<T> {
  private readonly reader: RunReader<T>;
  private readonly signal: AbortSignal;
  /** Whether everything that the model has said is converted. */
  private hasEnded = false;
  /** Whether the model has refused. The SDK does not add such an answer to the items of its run. */
  private isRefused = false;

  constructor(
    private readonly state: AgentState,
    source: AsyncIterable<T>,
    private readonly converter: StreamConverter<T>,
    private readonly atEnd?: (end: StreamEnd) => Promise<void>,
  ) {
    this.reader = new RunReader(source);
    this.signal = state.ctx.signal;
    state.emissions.open();
    state.emissions.onPush = this.reader.wake;
    this.signal.addEventListener('abort', this.reader.wake);
  }

  async *events(): AsyncGenerator<EventDraft, void> {
    const takenUp = this.state.workflow.open;
    yield* this.noted(this.converter.begin?.() ?? NONE);
    for (;;) {
      if (this.state.emissions.first !== undefined) yield* this.emitted();
      if (this.isAborted()) return;
      const next = this.reader.next();
      const step = isPromise(next) ? await next : next;
      if (this.isAborted()) return;
      if (step.type === 'end') break;
      if (step.type === 'error') {
        if (!isModelRefusal(step.error)) throw step.error;
        this.isRefused = true;
        break;
      }
      if (step.type === 'woken') continue;
      const converted = this.converter.convert(step.event);
      const drafts = isPromise(converted) ? await converted : converted;
      this.noteSaid(drafts);
      for (const draft of drafts) {
        this.note(draft);
        yield draft;
      }
    }
    yield* this.ending(takenUp);
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
    this.state.hasEffects = true;
    this.state.footprint.noteNew(draft);
  }

  /** Yields the events of tools for which the model has come far enough. */
  private async *emitted(): AsyncGenerator<EventDraft, void> {
    const { emissions } = this.state;
    for (let next = emissions.first; next !== undefined; next = emissions.first) {
      if (!this.isPast(next.after) && (await this.reader.hasMore())) return;
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

  private isPast(position: Position | undefined): boolean {
    return this.hasEnded || (position !== undefined && this.converter.isPast(position));
  }

  private async *ending(takenUp: WorkflowItem | undefined): AsyncGenerator<EventDraft, void> {
    const rest = this.converter.finish();
    this.noteSaid(rest);
    yield* this.noted(rest);
    this.hasEnded = true;
    yield* this.emitted();
    await this.storeOpenWorkflow(takenUp);
    const clientCall = takeClientCall(this.state, (name) => this.converter.latestCallOf(name));
    if (!this.isRefused) await this.atEnd?.({ clientCall: clientCall?.callId });
    if (clientCall !== undefined) yield clientToolCall(clientCall.name, clientCall.args, clientCall);
  }

  /** Stores a workflow that is still open, so that the next turn can continue it. */
  private async storeOpenWorkflow(takenUp: WorkflowItem | undefined): Promise<void> {
    const { ctx, workflow } = this.state;
    const { leftOpen } = workflow;
    if (leftOpen !== undefined && leftOpen !== takenUp) await ctx.store.saveItem(leftOpen);
  }

  /** Records the model's own messages and images, which later input can leave out. */
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
 * Continues the workflow that is already open, as in the runs of one turn. Otherwise continues the newest
 * visible item if it is a workflow, or the one before it if the newest is a client tool call.
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
