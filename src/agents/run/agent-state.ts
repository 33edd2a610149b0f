import type { ChatContext, EventDraft } from '../../context';
import { idKindOf } from '../../pipeline';
import { isRecord, type ThreadItem } from '../../protocol';
import { CurrentWorkflow } from '../convert/current-workflow';
import type { Drafts, Place } from '../convert/drafts';
import type { Position } from '../convert/position';
import type { StreamedRun } from '../sdk/run-event';
import { Emissions, type Emission } from './emissions';
import { Footprint } from './footprint';

/** A tool call of a model. */
export interface ToolCall {
  readonly callId: string;
  readonly name: string;
}

/** A call of a tool in the browser, to be sent when the run has ended. */
export interface PendingClientCall {
  readonly callId: string | undefined;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** What the model of a run knows of its thread: kept while the run waits for approval, too. */
export interface Known {
  /** The last item of the thread that it was given to read. */
  readonly until?: string | undefined;
  /** The ids of the assistant's messages that it has said. */
  readonly messages: readonly string[];
  /** The ids of other items of which it knows: its images, and the widgets that ask for its calls. */
  readonly others: readonly string[];
}

/** How a run has ended. */
export interface RunEnding {
  readonly run: StreamedRun;
  readonly known: Known;
  /** The id of the model's call for which the browser is asked. */
  readonly clientCall: string | undefined;
  /** Whether the last response was one of the Responses API. */
  readonly usesResponses: boolean;
}

/** Where it cannot be told how far a model has come, what is emitted waits until nothing more comes from it. */
const UNKNOWN: Position = { responses: Infinity, calls: [] };

/** What the helpers for tools and the stream of a run share. */
export class AgentState {
  /** Runs of one exported workflow have one in common. */
  workflow: CurrentWorkflow;
  readonly emissions = new Emissions();
  readonly footprint: Footprint;
  clientCall: PendingClientCall | undefined;
  /** Called when the run has come to a good end, before a call of a tool in the browser is sent. */
  atEnd: ((ending: RunEnding) => Promise<void>) | undefined;
  /** What the model knows, also from before the run was resumed. */
  known: Known = { messages: [], others: [] };
  /** Whether the client has been sent anything. */
  hasSent = false;
  /** The run whose events are being converted. */
  run: StreamedRun | undefined;

  constructor(readonly ctx: ChatContext) {
    this.workflow = new CurrentWorkflow(this.place);
    this.footprint = new Footprint(ctx);
  }

  /** Where new items go. */
  get place(): Place {
    const { store, thread } = this.ctx;
    return { threadId: thread.id, newId: (kind) => store.generateId(kind), now: () => store.now() };
  }

  /** Puts events among those of the run, after all that the model has said so far. */
  emit(make: Emission['make']): Promise<void> {
    return this.emissions.push(make, this.position());
  }

  /** The calls of the model's last response, in its order. */
  latestCalls(): ToolCall[] {
    return (this.run?.rawResponses?.at(-1)?.output ?? []).filter(isToolCall);
  }

  /** An event that a tool sends. An item that the user sees closes the workflow before it. */
  async prepare(draft: EventDraft): Promise<Drafts> {
    const event = this.withHead(draft);
    await this.footprint.note(event);
    if (event.type !== 'thread.item.added' && event.type !== 'thread.item.done') return [event];
    const item = event.item as ThreadItem;
    const ended = this.closesWorkflow(item) ? this.workflow.end() : [];
    if (item.type === 'workflow') {
      if (event.type === 'thread.item.added') this.workflow.takeUp(item);
      else if (item.id === this.workflow.open?.id) this.workflow.forget();
    }
    return [...ended, event];
  }

  private position(): Position {
    if (this.run === undefined) return UNKNOWN;
    return {
      responses: this.run.rawResponses?.length ?? 0,
      calls: this.latestCalls().map(({ callId }) => callId),
    };
  }

  private closesWorkflow({ id, type }: ThreadItem): boolean {
    const isBeside =
      type === 'client_tool_call' || type === 'hidden_context_item' || type === 'sdk_hidden_context';
    return !isBeside && id !== this.workflow.open?.id;
  }

  /** Items get their ids here, so that a guardrail can take them back. */
  private withHead(event: EventDraft): EventDraft {
    if (!('item' in event)) return event;
    const { item } = event;
    const isNew = item.id === undefined;
    const head = {
      id: item.id ?? this.ctx.store.generateId(idKindOf(item.type)),
      thread_id: item.thread_id ?? this.ctx.thread.id,
      created_at: item.created_at ?? this.ctx.store.now(),
    };
    const complete = { ...event, item: { ...item, ...head } } as EventDraft;
    if (isNew) this.footprint.noteNew(complete);
    return complete;
  }
}

function isToolCall(output: object): output is ToolCall {
  if (!isRecord(output)) return false;
  const { type, callId, name } = output;
  return type === 'function_call' && typeof callId === 'string' && typeof name === 'string';
}
