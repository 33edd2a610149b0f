import type { EventDraft } from '../../context';
import { isRecord } from '../../protocol';
import { chain, type Awaitable } from '../../store';
import type { Conversion } from '../convert/conversion';
import { NONE, type Drafts } from '../convert/drafts';
import { ImageOutput } from '../convert/image-output';
import { MessageWriter } from '../convert/message-writer';
import { ModelError } from '../convert/model-error';
import { ThoughtWriter } from '../convert/thought-writer';
import type { StreamConverter } from '../run/agent-stream';
import { answerFrom, type AnswerContext, type AnswerOptions, type Source } from './answer-from';

/** A part of `fullStream` of the AI SDK: the fields that are read here. */
interface AiPart {
  readonly type: string;
  readonly id?: string;
  readonly text?: string;
  readonly url?: string;
  readonly title?: string;
  readonly filename?: string;
  readonly sourceType?: string;
  readonly file?: unknown;
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly preliminary?: boolean;
  readonly error?: unknown;
  readonly finishReason?: unknown;
  /** The provider's own reason; `undefined` if its stream broke off. */
  readonly rawFinishReason?: unknown;
}

/**
 * Answers with Vercel's AI SDK (`ai` 7 or 6): text, reasoning, sources, images, running tools. Pass a
 * function and give its signal to the SDK, because closing the stream does not stop the model. For tools
 * that send events, create an `AgentContext` and pass it instead of `ctx`.
 *
 * @throws ModelError if the answer fails or breaks off
 *
 * @example
 * `@OnMessage()`
 * reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   return answerFromAiSdk(
 *     (abortSignal) => streamText({ model, prompt: textOf(message), abortSignal }).fullStream,
 *     ctx,
 *   );
 * }
 */
export function answerFromAiSdk<T>(
  source: Source<{ readonly type: string }>,
  context: AnswerContext<T>,
  options: AnswerOptions = {},
): AsyncGenerator<EventDraft, void> {
  return answerFrom(source, context, options, (conversion) => new AiParts(conversion));
}

class AiParts implements StreamConverter<AiPart> {
  /** The current message. It is kept after its text has ended, because its sources may come later. */
  private message: { writer: MessageWriter; text: string } | undefined;
  /** Sources that came before the text. */
  private early: AiPart[] = [];
  private thoughts: ThoughtWriter | undefined;
  private readonly thinking = new Map<string, { index: number; text: string }>();
  private hasFinished = false;

  constructor(private readonly conversion: Conversion) {}

  convert(part: AiPart): Awaitable<Drafts> {
    switch (part.type) {
      case 'text-start':
        return this.finishMessage();
      case 'text-delta':
        return this.write(part.text ?? '');
      case 'source':
        return this.cite(part, this.message?.text.length);
      case 'reasoning-delta':
        return [...this.finishMessage(), ...this.think(part.id ?? '', part.text ?? '')];
      case 'reasoning-end':
        return this.finishThought(part.id ?? '');
      case 'file':
        return chain(this.showFile(part.file), (drafts) => [...this.finishMessage(), ...drafts]);
      case 'tool-call':
      case 'tool-result':
      case 'tool-error':
        return [...this.finishMessage(), ...this.showTool(part)];
      case 'finish-step':
      case 'finish':
        assertFinished(part);
        this.hasFinished = part.type === 'finish';
        this.thoughts = undefined;
        return this.finishMessage();
      case 'error':
        throw new ModelError('model_failed', 'The answer failed.', { cause: part.error });
      case 'abort':
        throw new ModelError('model_cut_off', 'The answer was aborted.');
      default:
        return NONE;
    }
  }

  finish(): Drafts {
    if (!this.hasFinished) throw new ModelError('model_cut_off', 'The stream broke off before its end.');
    return [...this.finishMessage(), ...(this.conversion.activities?.withdraw() ?? NONE)];
  }

  isPast(): boolean {
    return false; // unknown here
  }

  latestCallOf(): undefined {
    return undefined;
  }

  private write(delta: string): Awaitable<Drafts> {
    if (delta === '') return NONE;
    this.message ??= { writer: new MessageWriter(this.conversion), text: '' };
    this.message.text += delta;
    const written = this.message.writer.append(0, delta);
    return this.early.length === 0 ? written : this.citeEarly(written);
  }

  private async citeEarly(written: Drafts): Promise<Drafts> {
    const drafts = [...written];
    for (const part of this.early.splice(0)) drafts.push(...(await this.cite(part, undefined)));
    return drafts;
  }

  /** @param index the position in the text, if known */
  private cite(part: AiPart, index: number | undefined): Awaitable<Drafts> {
    const { message } = this;
    const { hooks } = this.conversion;
    const { sourceType, url, title, filename } = part;
    if (message === undefined) {
      this.early.push(part);
      return NONE;
    }
    const annotation =
      sourceType === 'url' && url !== undefined
        ? hooks.urlCitationToAnnotation({ type: 'url_citation', url, title, end_index: index })
        : hooks.fileCitationToAnnotation({ type: 'file_citation', filename: filename ?? title, index });
    return chain(annotation, (made) => (made === null ? NONE : message.writer.annotate(0, made)));
  }

  private finishMessage(): Drafts {
    const { message } = this;
    this.message = undefined;
    if (message === undefined) return NONE;
    return message.writer.finishAsWritten();
  }

  private think(id: string, delta: string): Drafts {
    this.thoughts ??= new ThoughtWriter(this.conversion);
    const thought = this.thinking.get(id) ?? { index: this.thinking.size, text: '' };
    thought.text += delta;
    this.thinking.set(id, thought);
    return this.thoughts.append(thought.index, delta);
  }

  private finishThought(id: string): Drafts {
    const thought = this.thinking.get(id);
    this.thinking.delete(id);
    return thought === undefined ? NONE : (this.thoughts?.finish(thought.index, thought.text) ?? NONE);
  }

  private showFile(file: unknown): Awaitable<Drafts> {
    if (!isRecord(file) || !String(file['mediaType']).startsWith('image/')) return NONE;
    return new ImageOutput(this.conversion).complete(file['base64'] ?? file['base64Data']);
  }

  private showTool({ type, toolCallId = '', toolName = '', input, output, preliminary }: AiPart): Drafts {
    const { activities } = this.conversion;
    if (activities === undefined || preliminary === true) return NONE;
    const activity = { name: toolName, input };
    if (type === 'tool-call') return activities.start(toolCallId, activity);
    return activities.complete(toolCallId, { ...activity, output });
  }
}

/** A model may stop early, and the SDK sends `finish` even after the provider's stream has broken off. */
function assertFinished({ finishReason: reason, rawFinishReason: raw }: AiPart): void {
  if (reason === 'length' || reason === 'content-filter') {
    throw new ModelError('model_incomplete', `The answer is incomplete: ${reason}.`);
  }
  if (reason === 'error') throw new ModelError('model_failed', 'The answer failed.');
  if (reason === 'other' && raw === undefined) {
    throw new ModelError('model_cut_off', "The provider's stream broke off before its end.");
  }
}
