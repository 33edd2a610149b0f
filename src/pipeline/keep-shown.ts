import type { RunContext } from '../context';
import type { AssistantMessageItem, SdkHiddenContextItem, ThreadItem } from '../protocol';
import { chain, timeText, type Awaitable, type Clock } from '../store';
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

/**
 * Stores messages as far as they have come, and tells the model in a hidden item why they are not complete:
 * in one commit, where the store makes one of the writes of a turn.
 *
 * @param noteId see {@link noteIdOf}
 */
export function keepWithNote(
  shown: readonly AssistantMessageItem[],
  content: string,
  noteId: string | undefined,
  ctx: RunContext,
): Awaitable<unknown> {
  const id = noteId ?? ctx.services.generateId('sdk_hidden_context');
  const items = [...shown, noteForModel(id, ctx.threadId, content, ctx.services.now)];
  if (ctx.services.store.writesInOrder !== true) return saveEach(items, ctx);
  return Promise.all(items.map(async (item) => saveItem(item, ctx)));
}

export function noteForModel(
  id: string,
  thread_id: string,
  content: string,
  now: Clock | undefined,
): SdkHiddenContextItem {
  return { id, thread_id, created_at: timeText(now), type: 'sdk_hidden_context', content };
}

/** The id of the note about a run that has a record: it is one, whichever process writes it, and how often. */
export function noteIdOf(runId: string): string {
  return `shcx_${runId}`;
}
