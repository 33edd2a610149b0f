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
 * reasoning, images, hosted tools. Function calls are not executed; your code must answer them.
 *
 * @throws ModelError if the response fails, is incomplete, or breaks off; and errors of the OpenAI client
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

  constructor(private readonly conversion: Conversion) {
    this.events = new ResponseEvents(conversion);
  }

  convert(event: { readonly type: string }): Awaitable<Drafts> {
    const known = asResponseEvent(event);
    return known === undefined ? NONE : this.events.convert(known);
  }

  /** The OpenAI client ends a stream without an error if its connection breaks. */
  finish(): Drafts {
    if (!this.events.hasEnded) throw new ModelError('model_cut_off', 'The stream broke off before its end.');
    return [...this.events.finish(), ...(this.conversion.activities?.withdraw() ?? NONE)];
  }

  isPast(): boolean {
    return false; // unknown here
  }

  latestCallOf(): undefined {
    return undefined;
  }
}
