import { chain, type Awaitable } from '../../store';
import type { Conversion } from './conversion';
import { NONE, type Drafts } from './drafts';
import { HostedToolOutput, isHostedCall } from './hosted-tool-output';
import { ImageOutput } from './image-output';
import { MessageOutput } from './message-output';
import { ModelError } from './model-error';
import type { OutputKind, OutputWriter } from './output-writer';
import { ReasoningOutput } from './reasoning-output';
import type { ResponseEvent, ResponseState } from './response-event';

/**
 * Converts the events of the Responses API. Outputs are identified only by `output_index`: some servers give
 * several outputs the same id, change it from event to event, or leave it out.
 */
export class ResponseEvents {
  private outputs = new Map<number, OutputWriter>();
  /** Whether a response has begun but not ended. */
  private open = false;
  /** Whether a response has completed. */
  private ended = false;

  constructor(private readonly conversion: Conversion) {}

  /** Whether a response has begun but not ended. */
  get isOpen(): boolean {
    return this.open;
  }

  get hasEnded(): boolean {
    return this.ended && !this.open;
  }

  /** @throws ModelError if the response failed or is incomplete */
  convert(event: ResponseEvent): Awaitable<Drafts> {
    switch (event.type) {
      case 'response.created':
        this.open = true;
        this.outputs = new Map();
        return NONE;
      case 'response.completed':
        return this.end(event.response);
      case 'response.failed':
      case 'error':
        throw failed(event);
      case 'response.incomplete':
        throw incomplete(event.response);
      default:
        return this.convertOutput(event);
    }
  }

  /** Must be called at the end of the stream: completes open outputs with what has arrived. */
  finish(): Drafts {
    const finished = [...this.outputs.values()].flatMap((output) => output.finish());
    this.outputs = new Map();
    this.open = false;
    return finished;
  }

  private convertOutput(event: ResponseEvent): Awaitable<Drafts> {
    const kind = kindOf(event);
    if (kind === undefined) return NONE;
    this.open = true;
    const index = event.output_index ?? this.latest(kind);
    const known = this.outputs.get(index);
    const begins = event.type === 'response.output_item.added';
    if (known?.kind === kind && !begins) return known.take(event);
    const finished = known?.finish() ?? NONE;
    const output = this.writerOf(kind);
    if (output === undefined) return finished;
    this.outputs.set(index, output);
    const taken = output.take(event);
    return finished.length === 0 ? taken : chain(taken, (drafts) => [...finished, ...drafts]);
  }

  private writerOf(kind: OutputKind): OutputWriter | undefined {
    const { conversion } = this;
    if (conversion.hidden.has(kind)) return undefined;
    switch (kind) {
      case 'message':
        return new MessageOutput(conversion);
      case 'reasoning':
        return new ReasoningOutput(conversion);
      case 'image':
        return new ImageOutput(conversion);
      case 'hosted tool': {
        const { activities } = conversion;
        return activities && new HostedToolOutput(activities, conversion.newId('tool_call'));
      }
    }
  }

  /** The index for an event without one: that of the latest output of its kind. */
  private latest(kind: OutputKind): number {
    const [index] = [...this.outputs].findLast(([, output]) => output.kind === kind) ?? [];
    return index ?? this.outputs.size;
  }

  /** Some servers only send the whole response; its outputs are converted here. */
  private end(response: ResponseState | undefined): Awaitable<Drafts> {
    this.ended = true;
    const outputs = this.outputs.size > 0 ? [] : (response?.output ?? []);
    const whole = outputs.reduce<Awaitable<Drafts>>(
      (before, item, output_index) =>
        chain(before, (drafts) =>
          chain(this.convertOutput({ type: 'response.output_item.done', output_index, item }), (more) => [
            ...drafts,
            ...more,
          ]),
        ),
      NONE,
    );
    return chain(whole, (drafts) => [...drafts, ...this.finish()]);
  }
}

function kindOf({ type, item, part }: ResponseEvent): OutputKind | undefined {
  switch (type) {
    case 'response.output_item.added':
    case 'response.output_item.done':
      return kindOfItem(item?.type);
    case 'response.content_part.added':
      return part?.type === 'reasoning_text' ? undefined : 'message';
    case 'response.output_text.delta':
    case 'response.output_text.done':
    case 'response.output_text.annotation.added':
    case 'response.refusal.delta':
    case 'response.refusal.done':
      return 'message';
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_summary_text.done':
      return 'reasoning';
    case 'response.image_generation_call.partial_image':
      return 'image';
    default:
      return undefined;
  }
}

function kindOfItem(type: string | undefined): OutputKind | undefined {
  switch (type) {
    case 'message':
    case 'reasoning':
      return type;
    case 'image_generation_call':
      return 'image';
    default:
      return isHostedCall(type) ? 'hosted tool' : undefined;
  }
}

function failed({ response, message }: ResponseEvent): ModelError {
  const reason = response?.error?.message ?? message ?? 'the server gave no reason';
  return new ModelError('model_failed', `The model's response failed: ${reason}.`);
}

function incomplete(response: ResponseState | undefined): ModelError {
  const reason = response?.incomplete_details?.reason ?? 'the server gave no reason';
  return new ModelError('model_incomplete', `The model's response is incomplete: ${reason}.`);
}
