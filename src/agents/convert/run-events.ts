import { isRecord } from '../../protocol';
import type { Awaitable } from '../../store';
import type { ModelData, RunEvent } from '../sdk/run-event';
import type { Conversion } from './conversion';
import { NONE, type Drafts } from './drafts';
import { PlainEvents } from './plain-events';
import { asResponseEvent } from './response-event';
import { ResponseEvents } from './response-events';

/**
 * The events of a run. Models come in two families: those whose API events are handed on (under `model`),
 * which tell everything, and those that give only text and then the whole response. The SDK makes both of
 * the first; what it adds is left out there, so that nothing is shown twice.
 */
export class RunEvents {
  /** How many responses of the model have been converted. */
  responses = 0;
  private readonly api: ResponseEvents;
  private readonly plain: PlainEvents;
  /** The names of the tools that were called, by the ids of their calls. */
  private readonly called = new Map<string, string>();

  constructor(conversion: Conversion) {
    this.api = new ResponseEvents(conversion);
    this.plain = new PlainEvents(conversion);
  }

  /** Whether the run has told of a tool call. */
  hasCalled(callId: string): boolean {
    return this.called.has(callId);
  }

  /** The id of the latest call of a tool; of any tool where that one was not called. */
  latestCallOf(name: string): string | undefined {
    const calls = [...this.called];
    return (calls.findLast(([, called]) => called === name) ?? calls.at(-1))?.[0];
  }

  convert(event: RunEvent): Awaitable<Drafts> {
    switch (event.type) {
      case 'raw_model_stream_event':
        return this.convertModel(event.data, event.source);
      case 'run_item_stream_event':
        if (event.name === 'tool_called') this.noteCall(event.item.rawItem);
        return NONE;
      default:
        return NONE;
    }
  }

  /** The run is over. */
  finish(): Drafts {
    return [...this.api.finish(), ...this.plain.finish()];
  }

  private convertModel(data: ModelData, source: string | undefined): Awaitable<Drafts> {
    const isApi = this.api.isOpen || source === 'openai-responses';
    switch (data.type) {
      case 'model': {
        const event = asResponseEvent(data.event);
        return event === undefined ? this.convertChunk(data.event) : this.api.convert(event);
      }
      case 'output_text_delta':
        return isApi || typeof data.delta !== 'string' ? NONE : this.plain.text(data.delta);
      case 'response_done':
        this.responses += 1;
        return isApi ? NONE : this.plain.done(outputsOf(data.response));
      default:
        return NONE;
    }
  }

  /** What a model of Chat Completions thinks is found in its raw chunks only. */
  private convertChunk(chunk: unknown): Drafts {
    const choices = isRecord(chunk) ? chunk['choices'] : undefined;
    const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
    const delta = isRecord(choice) ? choice['delta'] : undefined;
    const thought = isRecord(delta) ? delta['reasoning_content'] : undefined;
    return typeof thought === 'string' && thought !== '' ? this.plain.thought(thought) : NONE;
  }

  private noteCall(item: unknown): void {
    if (!isRecord(item) || typeof item['callId'] !== 'string') return;
    this.called.set(item['callId'], typeof item['name'] === 'string' ? item['name'] : '');
  }
}

function outputsOf(response: unknown): Record<string, unknown>[] {
  const output = isRecord(response) ? response['output'] : undefined;
  return Array.isArray(output) ? output.filter(isRecord) : [];
}
