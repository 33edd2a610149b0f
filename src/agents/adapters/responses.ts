import type { EventDraft } from '../../context';
import type { Awaitable } from '../../store';
import type { Conversion } from '../convert/conversion';
import { NONE, type Drafts } from '../convert/drafts';
import { ModelError } from '../convert/model-error';
import { asResponseEvent } from '../convert/response-event';
import { ResponseEvents } from '../convert/response-events';
import type { StreamConverter } from '../run/agent-stream';
import { answerFrom, type AnswerContext, type AnswerOptions, type Source } from './answer-from';

/**
 * Answers with a stream of OpenAI's Responses API, without the Agents SDK: text, refusals, citations,
 * reasoning, images, hosted tools. Calls of functions are yours to answer.
 *
 * @throws ModelError when the response fails, is incomplete, or breaks off; and what the client throws
 *
 * @example
 * `@OnMessage()`
 * reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   const request = { model: 'gpt-5-mini', input: textOf(message), stream: true } as const;
 *   return answerFromResponses((signal) => openai.responses.create(request, { signal }), ctx);
 * }
 */
export function answerFromResponses<T>(
  source: Source<{ readonly type: string }>,
  context: AnswerContext<T>,
  options: AnswerOptions = {},
): AsyncGenerator<EventDraft, void> {
  return answerFrom(source, context, options, (conversion) => new Responses(conversion));
}

class Responses implements StreamConverter<{ readonly type: string }> {
  private readonly events: ResponseEvents;

  constructor(conversion: Conversion) {
    this.events = new ResponseEvents(conversion);
  }

  convert(event: { readonly type: string }): Awaitable<Drafts> {
    const known = asResponseEvent(event);
    return known === undefined ? NONE : this.events.convert(known);
  }

  /** The client of OpenAI ends a stream without a word when its connection breaks. */
  finish(): Drafts {
    if (!this.events.hasEnded) throw new ModelError('model_cut_off', 'The response ended without an end.');
    return this.events.finish();
  }

  isPast(): boolean {
    return false; // it cannot be known
  }

  latestCallOf(): undefined {
    return undefined;
  }
}
