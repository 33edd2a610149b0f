import type { EventDraft } from '../../context';
import type { Annotation } from '../../protocol';
import { chain, type Awaitable } from '../../store';
import type { Conversion } from '../convert/conversion';
import { NONE, type Drafts } from '../convert/drafts';
import { ModelError } from '../convert/model-error';
import { PlainEvents } from '../convert/plain-events';
import type { StreamConverter } from '../run/agent-stream';
import { answerFrom, type AnswerContext, type AnswerOptions, type Source } from './answer-from';

/** A piece of an answer: text, or what it says it is. */
export type AnswerPart =
  | string
  | { readonly type: 'text'; readonly text: string }
  /** What the model thinks before it answers. */
  | { readonly type: 'thought'; readonly text: string }
  /** A reference of the text so far. */
  | { readonly type: 'annotation'; readonly annotation: Annotation }
  /** An event of its own, as event helpers make it: text that follows an item is a message of its own. */
  | { readonly type: 'event'; readonly event: EventDraft }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'abort' };

/**
 * Answers with any stream of text: of an SDK of your own, a local model, a file. Its end is the end of the
 * answer; an `error` or `abort` among its parts, or what it throws, makes it one that failed.
 *
 * @throws ModelError, and what the stream throws
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
    return false; // it cannot be known
  }

  latestCallOf(): undefined {
    return undefined;
  }
}
