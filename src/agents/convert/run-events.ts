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
import { ToolCalls } from './tool-calls';

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
  private readonly calls: ToolCalls;

  constructor(
    conversion: Conversion,
    private readonly run: StreamedRun,
    private readonly start: RunStart,
  ) {
    this.responses = this.begun = start.responsesBefore;
    this.api = new ResponseEvents(conversion);
    this.plain = new PlainEvents(conversion);
    this.calls = new ToolCalls(conversion.activities, run, start.declined);
  }

  /**
   * The SDK does not tell of every call: not of handoffs, nor again of calls in a resumed run. But when the
   * next response begins, it has told everything about the one before.
   */
  isPast({ responses, calls }: Position): boolean {
    if (this.begun > responses) return true;
    return this.responses >= responses && calls.every((callId) => this.calls.has(callId));
  }

  latestCallOf(name: string): string | undefined {
    return this.calls.latestOf(name);
  }

  begin(): Drafts {
    return this.calls.begin();
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
    return [...this.api.finish(), ...this.plain.finish(), ...this.calls.finish()];
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
    if (event === 'tool_called') return this.calls.start(rawItem);
    return event === 'tool_output' ? this.calls.complete(rawItem, output) : NONE;
  }
}

function outputsOf(response: unknown): Record<string, unknown>[] {
  const output = isRecord(response) ? response['output'] : undefined;
  return Array.isArray(output) ? output.filter(isRecord) : [];
}
