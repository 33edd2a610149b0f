import type { RunContext } from '../context';
import type { AssistantMessageItem, SdkHiddenContextItem, ThreadItem } from '../protocol';
import { chain, timeText, type Awaitable, type Clock } from '../store';
import { saveItem } from './persist';
import { hasText } from './shown-items';

/** The note for the model that says why an answer is not complete. */
export const CUT_OFF = {
  stopped: 'The user stopped the answer above before it was complete. Do not continue it unasked.',
  brokenOff: 'The answer above broke off before it was complete. Do not continue it unasked.',
} as const;

/**
 * The pending assistant messages that the client was shown. They are stored as far as they have come, however
 * a run ends, so that a reload shows them.
 */
export function shownMessages(pending: readonly ThreadItem[]): AssistantMessageItem[] {
  return pending.filter(
    (item): item is AssistantMessageItem => item.type === 'assistant_message' && hasText(item),
  );
}

/** Stores items one after the other. */
export function saveEach([first, ...others]: readonly ThreadItem[], ctx: RunContext): Awaitable<void> {
  return first === undefined ? undefined : chain(saveItem(first, ctx), () => saveEach(others, ctx));
}

/**
 * Stores messages as far as they have come, and a hidden item that tells the model why they are not complete.
 * A store that commits the writes of a turn together stores all in one commit.
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

/**
 * The id of the note about a recorded run. It is the same in each process, so that the note is stored only
 * once.
 */
export function noteIdOf(runId: string): string {
  return `shcx_${runId}`;
}
