import { isRecord } from '../../protocol';
import type { Awaitable } from '../../store';
import type { ModelData, RunEvent, RunItem, StreamedRun } from '../sdk/run-event';
import { ChatChunks } from './chat-chunks';
import type { Conversion } from './conversion';
import { NONE, type Drafts } from './drafts';
import { ModelError } from './model-error';
import { PlainEvents } from './plain-events';
import type { Position } from './position';
import { ResponseNotContinued } from './response-not-continued';
import { asResponseEvent } from './response-event';
import { ResponseEvents } from './response-events';

/** How a run begins. */
export interface RunStart {
  /** How many responses it has already: a resumed run has some. */
  readonly responsesBefore: number;
  /** Whether it continues from the last response, which only models of the Responses API can. */
  readonly continues: boolean;
  /** Only if the run has waited for approval: the ids of the calls that the user has declined. */
  readonly declined: ReadonlySet<string> | undefined;
}

/**
 * Converts the events of a run. There are two kinds of models: for some, the SDK passes on the events of the
 * API (under `model`), which are complete; for others there are only text and then the whole response. For
 * the first kind the SDK emits both; here only the API events are used, so that nothing is shown twice.
 */
export class RunEvents {
  /** How many responses of the model have been converted. */
  private responses: number;
  /** How many responses of the model have begun. */
  private begun: number;
  /** Whether the last response came from the Responses API. */
  usesResponses = false;
  private readonly api: ResponseEvents;
  private readonly plain: PlainEvents;
  private readonly chunks = new ChatChunks();
  /** The tools that were called, by the ids of their calls. */
  private readonly called = new Map<string, Call>();

  constructor(
    private readonly conversion: Conversion,
    private readonly run: StreamedRun,
    private readonly start: RunStart,
  ) {
    this.responses = this.begun = start.responsesBefore;
    this.api = new ResponseEvents(conversion);
    this.plain = new PlainEvents(conversion);
  }

  /**
   * The SDK does not tell of every call: not of handoffs, nor again of calls in a resumed run. But when the
   * next response begins, it has told everything about the one before.
   */
  isPast({ responses, calls }: Position): boolean {
    if (this.begun > responses) return true;
    return this.responses >= responses && calls.every((callId) => this.called.has(callId));
  }

  /** The id of the latest call of a tool; if it was not called, that of the latest call of any tool. */
  latestCallOf(name: string): string | undefined {
    const calls = [...this.called];
    return (calls.findLast(([, call]) => call.name === name) ?? calls.at(-1))?.[0];
  }

  /** Starts the tools that the user has accepted. */
  begin(): Drafts {
    const { declined } = this.start;
    if (declined === undefined) return NONE;
    const items = this.callItems();
    const answered = new Set(items.filter((item) => !isCall(item)).map(({ callId }) => callId));
    return items
      .filter((item) => isCall(item) && !answered.has(item.callId) && !declined.has(item.callId))
      .flatMap((item) => (this.called.has(item.callId) ? NONE : this.startTool(item)));
  }

  convert(event: RunEvent): Awaitable<Drafts> {
    switch (event.type) {
      case 'raw_model_stream_event':
        return this.convertModel(event.data, event.source);
      case 'run_item_stream_event':
        return this.convertItem(event.name, event.item);
      default:
        return NONE;
    }
  }

  finish(): Drafts {
    if (this.run.cancelled === true) throw new ModelError('model_cut_off', 'The run was cancelled.');
    if (this.api.isOpen) throw new ModelError('model_cut_off', 'The stream broke off before its end.');
    const ended = this.conversion.activities?.withdraw() ?? NONE;
    return [...this.api.finish(), ...this.plain.finish(), ...ended];
  }

  private convertModel(data: ModelData, source: string | undefined): Awaitable<Drafts> {
    const isApi = this.api.isOpen || source === 'openai-responses';
    if (this.start.continues && !isApi && data.type !== 'response_started') throw new ResponseNotContinued();
    switch (data.type) {
      case 'response_started':
        this.begun += 1;
        return NONE;
      case 'model': {
        const event = asResponseEvent(data.event);
        return event === undefined ? this.convertChunk(data.event) : this.api.convert(event);
      }
      case 'output_text_delta':
        return isApi || typeof data.delta !== 'string' ? NONE : this.plain.text(data.delta);
      case 'response_done':
        this.responses += 1;
        this.usesResponses = isApi;
        if (isApi) return NONE;
        this.chunks.end();
        return this.plain.done(outputsOf(data.response));
      default:
        return NONE;
    }
  }

  /** Only the raw chunks of Chat Completions contain reasoning and the reason for the end. */
  private convertChunk(chunk: unknown): Drafts {
    const thought = this.chunks.take(chunk);
    return thought === '' ? NONE : this.plain.thought(thought);
  }

  private convertItem(event: string, { rawItem, output }: RunItem): Drafts {
    if (!isCallItem(rawItem)) return NONE;
    if (event === 'tool_called') return this.startTool(rawItem);
    if (event !== 'tool_output') return NONE;
    const { callId } = rawItem;
    const { activities } = this.conversion;
    if (activities === undefined || this.start.declined?.has(callId) === true) return NONE;
    const begun = this.called.get(callId) ?? this.earlierCall(callId) ?? toCall(rawItem);
    return activities.complete(callId, { ...begun, output });
  }

  private startTool(item: CallItem): Drafts {
    const call = toCall(item);
    this.called.set(item.callId, call);
    return this.conversion.activities?.start(item.callId, call) ?? NONE;
  }

  /** A call from before the run was resumed. */
  private earlierCall(callId: string): Call | undefined {
    const item = this.callItems().find((each) => isCall(each) && each.callId === callId);
    return item && toCall(item);
  }

  private callItems(): CallItem[] {
    return (this.run.newItems ?? []).map(({ rawItem }) => rawItem).filter(isCallItem);
  }
}

/** A call of a tool, or its output, as the SDK has it. */
interface CallItem {
  readonly callId: string;
  readonly [field: string]: unknown;
}

interface Call {
  readonly name: string;
  readonly input: unknown;
}

function isCallItem(item: unknown): item is CallItem {
  return isRecord(item) && typeof item['callId'] === 'string';
}

function isCall({ type }: CallItem): boolean {
  return String(type).endsWith('_call');
}

/** Only calls of functions have a name and arguments; the SDK's own tools have a type each. */
function toCall(item: CallItem): Call {
  const { type, name, arguments: input } = item;
  if (typeof name === 'string') return { name, input: parsed(input) };
  return { name: String(type).replace(/_call.*$/, ''), input: item };
}

function outputsOf(response: unknown): Record<string, unknown>[] {
  const output = isRecord(response) ? response['output'] : undefined;
  return Array.isArray(output) ? output.filter(isRecord) : [];
}

/** Parses the arguments of a call, which usually are JSON; returns the text if they are not. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
