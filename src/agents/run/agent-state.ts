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

/** A call of a tool in the browser; it is sent after the end of the run. */
export interface PendingClientCall {
  readonly callId: string | undefined;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** What the model of a run knows of its thread. It is stored while the run waits for approval. */
export interface Known {
  /** The id of the last item of the thread that the model read. */
  readonly until?: string | undefined;
  /** The ids of the assistant messages that the model wrote. */
  readonly messages: readonly string[];
  /** The ids of other items that the model knows: its images, and the approval widgets of its calls. */
  readonly others: readonly string[];
}

/** The end of a run. */
export interface RunEnding {
  readonly run: StreamedRun;
  readonly known: Known;
  /** The id of the call that a tool in the browser answers. */
  readonly clientCall: string | undefined;
  /** Whether the last response came from the Responses API. */
  readonly usesResponses: boolean;
}

/** The state that a run's stream and the helpers for its tools share. */
export class AgentState {
  /** The runs of an exported workflow share one. */
  workflow: CurrentWorkflow;
  readonly emissions = new Emissions();
  readonly footprint: Footprint;
  clientCall: PendingClientCall | undefined;
  /** Called after the run has succeeded, before a call of a tool in the browser is sent. */
  atEnd: ((ending: RunEnding) => Promise<void>) | undefined;
  /** What the model knows, including from before the run was resumed. */
  known: Known = { messages: [], others: [] };
  /** Whether the client has been sent anything, or a tool has run: then the run must not start anew. */
  hasEffects = false;
  /** Whether the run continues from the last response, which only models of the Responses API can. */
  continues = false;
  /** Only if the run has waited for approval: the ids of the calls that the user has declined. */
  declined: ReadonlySet<string> | undefined;
  /** How many responses the run had when it started: a resumed run has some. */
  responsesBefore = 0;
  private current: StreamedRun | undefined;

  constructor(readonly ctx: ChatContext) {
    this.workflow = new CurrentWorkflow(this.place);
    this.footprint = new Footprint(ctx);
  }

  /** The run whose tools use this context. */
  get run(): StreamedRun | undefined {
    return this.current;
  }

  /**
   * Must be called as soon as a run has started. The tools of a resumed run may have started before.
   *
   * @param responsesBefore how many responses it had when it started
   */
  follow(run: StreamedRun, responsesBefore = 0): void {
    if (this.current === run) return;
    this.current = run;
    run.completed?.then(undefined, () => undefined); // its events throw its error
    this.responsesBefore = responsesBefore;
    this.emissions.locate(this.position());
    if (this.clientCall !== undefined) this.callInBrowser(this.clientCall);
  }

  unfollow(): void {
    this.current = undefined;
  }

  /** Calls a tool in the browser when the run has ended. Without an id, the model's call is found by the name. */
  callInBrowser({ name, args, callId }: PendingClientCall): void {
    const calls = this.latestCalls();
    const call = calls.findLast((each) => each.name === name) ?? calls.at(-1);
    this.clientCall = { name, args, callId: callId ?? call?.callId };
  }

  /** Thread, ids and time for new items. */
  get place(): Place {
    const { store, thread } = this.ctx;
    return { threadId: thread.id, newId: (kind) => store.generateId(kind), now: () => store.now() };
  }

  /** Inserts events into those of the run, after everything that the model has written so far. */
  emit(make: Emission['make']): Promise<void> {
    return this.emissions.push(make, this.position());
  }

  /** The tool calls of the model's last response, in order. */
  latestCalls(): ToolCall[] {
    return (this.run?.rawResponses?.at(-1)?.output ?? []).filter(isToolCall);
  }

  /** Prepares an event that a tool sends. An item that the user sees first closes the open workflow. */
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

  private position(): Position | undefined {
    if (this.run === undefined) return undefined;
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

  /** Gives items their ids, so that they can be removed if a guardrail stops the run. */
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
