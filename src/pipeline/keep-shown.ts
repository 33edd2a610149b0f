import type { RunContext } from '../context';
import type { AssistantMessageItem, ThreadItem } from '../protocol';
import { chain, type Awaitable, timeText } from '../store';
import { saveItem } from './persist';
import { hasText } from './shown-items';

/** Why an answer is not complete, as the note for the model says it. */
export const CUT_OFF = {
  stopped: 'The user stopped the answer above before it was complete. Do not continue it unasked.',
  brokenOff: 'The answer above broke off before it was complete. Do not continue it unasked.',
} as const;

/**
 * The assistant messages that the client was shown, of those items that are not done: as far as they
 * have come they are stored however a run ends, so that they are there after a reload.
 */
export function shownMessages(pending: readonly ThreadItem[]): AssistantMessageItem[] {
  return pending.filter(
    (item): item is AssistantMessageItem => item.type === 'assistant_message' && hasText(item),
  );
}

/** Stores items, one after the other. */
export function saveEach([first, ...others]: readonly ThreadItem[], ctx: RunContext): Awaitable<void> {
  return first === undefined ? undefined : chain(saveItem(first, ctx), () => saveEach(others, ctx));
}

/** Tells the model in a hidden item why the answer above it is not complete. */
export function noteForModel(content: string, ctx: RunContext): Awaitable<string> {
  return saveItem(
    {
      id: ctx.services.generateId('sdk_hidden_context'),
      thread_id: ctx.threadId,
      created_at: timeText(ctx.services.now),
      type: 'sdk_hidden_context',
      content,
    },
    ctx,
  );
}

/** Stores messages that were added and never done, as far as they have come, with a note for the model. */
export function keepUnfinished(shown: readonly AssistantMessageItem[], ctx: RunContext): Awaitable<unknown> {
  const itemIds = shown.map(({ id }) => id);
  ctx.log.warn({ itemIds }, 'messages were added and never done: what was shown of them is stored');
  return chain(saveEach(shown, ctx), () => noteForModel(CUT_OFF.brokenOff, ctx));
}
