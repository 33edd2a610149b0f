import { isRecord, type Annotation } from '../../protocol';
import { chain, type Awaitable } from '../../store';
import { toContents } from './annotations';
import type { Conversion } from './conversion';
import { NONE, type Drafts } from './drafts';
import { ImageOutput } from './image-output';
import { MessageWriter } from './message-writer';
import type { OutputKind } from './output-writer';
import type { ResponsePart } from './response-event';
import { ThoughtWriter } from './thought-writer';

/** One output of a finished response, as the Agents SDK normalises it. */
interface PlainOutput {
  readonly type?: unknown;
  readonly content?: unknown;
  readonly name?: unknown;
  readonly output?: unknown;
}

/**
 * Converts the stream of a model that only streams text, and lists its outputs at the end: Chat Completions,
 * models of other providers, scripted models.
 */
export class PlainEvents {
  private message: MessageWriter | undefined;
  private thoughts: ThoughtWriter | undefined;
  private thinking = '';

  constructor(private readonly conversion: Conversion) {}

  text(delta: string): Drafts {
    if (delta === '' || this.isHidden('message')) return NONE;
    const thought = this.finishThought();
    this.message ??= new MessageWriter(this.conversion);
    return [...thought, ...this.message.append(0, delta)];
  }

  /** A piece of the model's reasoning, if its server sends it. */
  thought(delta: string): Drafts {
    if (this.isHidden('reasoning')) return NONE;
    this.thoughts ??= new ThoughtWriter(this.conversion);
    this.thinking += delta;
    return this.thoughts.append(0, delta);
  }

  /** Adds an annotation to the text so far. */
  annotate(annotation: Annotation): Drafts {
    if (this.isHidden('message')) return NONE;
    this.message ??= new MessageWriter(this.conversion);
    return this.message.annotate(0, annotation);
  }

  /** Converts the outputs of a finished response. Its first message is the one that was streamed. */
  async done(outputs: readonly PlainOutput[]): Promise<Drafts> {
    const drafts: Drafts[number][] = [];
    const streamed = { text: this.message !== undefined, thoughts: this.thoughts !== undefined };
    drafts.push(...this.finishThought());
    for (const output of outputs) {
      if (output.type === 'reasoning' && streamed.thoughts) continue;
      drafts.push(...(await this.convert(output)));
      // This reasoning comes after its text, so no later item closes its workflow.
      if (output.type === 'reasoning' && streamed.text) drafts.push(...this.conversion.workflow.end());
    }
    drafts.push(...this.finish());
    return drafts;
  }

  /** Must be called at the end of the stream: completes what is open. */
  finish(): Drafts {
    const thought = this.finishThought();
    const message = this.message?.finishAsWritten() ?? NONE;
    this.message = undefined;
    this.thoughts = undefined;
    return [...thought, ...message];
  }

  private finishThought(): Drafts {
    const { thinking } = this;
    this.thinking = '';
    return thinking === '' ? NONE : (this.thoughts?.finish(0, thinking) ?? NONE);
  }

  private convert(output: PlainOutput): Awaitable<Drafts> {
    switch (output.type) {
      case 'message':
        return this.isHidden('message') ? NONE : this.convertMessage(partsOf(output));
      case 'reasoning':
        return this.isHidden('reasoning') ? NONE : this.convertReasoning(partsOf(output));
      case 'hosted_tool_call':
        if (output.name !== 'image_generation_call' || this.isHidden('image')) return NONE;
        return new ImageOutput(this.conversion).complete(output.output);
      default:
        return NONE;
    }
  }

  private isHidden(kind: OutputKind): boolean {
    return this.conversion.hidden.has(kind);
  }

  private convertMessage(parts: readonly ResponsePart[]): Awaitable<Drafts> {
    const written = this.message;
    this.message = undefined;
    if (written === undefined && parts.length === 0) return NONE;
    return chain(toContents(parts, this.conversion.hooks), (contents) => [
      ...(written?.finishPart(0, contents[0]?.text ?? '') ?? NONE),
      ...(written ?? new MessageWriter(this.conversion)).finish(contents),
    ]);
  }

  private convertReasoning(parts: readonly ResponsePart[]): Drafts {
    const writer = new ThoughtWriter(this.conversion);
    return parts.flatMap(({ text }, index) => (text ? writer.finish(index, text) : NONE));
  }
}

/** The parts of an output. The SDK keeps other fields of the API, such as citations, in `providerData`. */
function partsOf({ content }: PlainOutput): ResponsePart[] {
  if (!Array.isArray(content)) return [];
  return content.filter(isRecord).flatMap((part) => {
    const { type, text, refusal, providerData } = part;
    if (typeof text !== 'string' && typeof refusal !== 'string') return [];
    const annotations = isRecord(providerData) ? providerData['annotations'] : undefined;
    return [
      { type, text, refusal, annotations: Array.isArray(annotations) ? annotations : [] } as ResponsePart,
    ];
  });
}
