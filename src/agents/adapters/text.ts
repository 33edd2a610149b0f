import type { EventDraft } from '../../context';
import type { Annotation } from '../../protocol';
import { chain, type Awaitable } from '../../store';
import type { Conversion } from '../convert/conversion';
import { NONE, type Drafts } from '../convert/drafts';
import { ModelError } from '../convert/model-error';
import { PlainEvents } from '../convert/plain-events';
import type { StreamConverter } from '../run/agent-stream';
import { answerFrom, type AnswerContext, type AnswerOptions, type Source } from './answer-from';

/** A piece of an answer: a string is text; objects have a `type`. */
export type AnswerPart =
  | string
  | { readonly type: 'text'; readonly text: string }
  /** The model's reasoning before its answer. */
  | { readonly type: 'thought'; readonly text: string }
  /** An annotation of the text so far. */
  | { readonly type: 'annotation'; readonly annotation: Annotation }
  /** An event of an event helper. Text after an item starts a new message. */
  | { readonly type: 'event'; readonly event: EventDraft }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'abort' };

/**
 * Answers with any stream of text: from another SDK, a local model, a file. The end of the stream ends the
 * answer. The answer fails if the stream throws, or yields a part of type `error` or `abort`.
 *
 * @throws ModelError, and errors of the stream
 *
 * @example
 * `@OnMessage()`
 * reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   return answerFromText((signal) => llama.generate(textOf(message), { signal }), ctx);
 * }
 */
export function answerFromText<T>(
  source: Source<AnswerPart>,
  context: AnswerContext<T>,
  options: AnswerOptions = {},
): AsyncGenerator<EventDraft, void> {
  return answerFrom(
    source,
    context,
    options,
    (conversion, state) => new TextParts(conversion, (event) => state.prepare(event)),
  );
}

class TextParts implements StreamConverter<AnswerPart> {
  private readonly plain: PlainEvents;

  constructor(
    conversion: Conversion,
    private readonly prepare: (event: EventDraft) => Promise<Drafts>,
  ) {
    this.plain = new PlainEvents(conversion);
  }

  convert(part: AnswerPart): Awaitable<Drafts> {
    if (typeof part === 'string') return this.plain.text(part);
    switch (part.type) {
      case 'text':
        return this.plain.text(part.text);
      case 'thought':
        return this.plain.thought(part.text);
      case 'annotation':
        return this.plain.annotate(part.annotation);
      case 'event': {
        const before = 'item' in part.event ? this.plain.finish() : NONE;
        return chain(this.prepare(part.event), (drafts) => [...before, ...drafts]);
      }
      case 'error':
        throw new ModelError('model_failed', 'The answer failed.', { cause: part.error });
      case 'abort':
        throw new ModelError('model_cut_off', 'The answer was aborted.');
    }
  }

  finish(): Drafts {
    return this.plain.finish();
  }

  isPast(): boolean {
    return false; // unknown here
  }

  latestCallOf(): undefined {
    return undefined;
  }
}
