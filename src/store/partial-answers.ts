import type { AssistantMessageItem } from '../protocol';
import type { Awaitable } from './awaitable';
import type { Store, StoreScope } from './store';

/** How long a partial answer is kept for a process that finds it after a crash, in milliseconds. */
const KEPT_FOR_MS = 30 * 86_400_000;

/**
 * Keeps the unfinished messages that a run has shown. They are stored beside the run's record and not among
 * the items of the thread, so that no list contains an unfinished item.
 */
export function keepPartialAnswer(
  store: Store,
  scope: StoreScope,
  { id, threadId }: { id: string; threadId: string },
  shown: readonly AssistantMessageItem[],
): Awaitable<unknown> {
  return store.putValue(scope, keyOf(id), shown, { expiresAt: Date.now() + KEPT_FOR_MS, threadId });
}

/** The messages that were kept last; empty if the run had shown nothing yet. */
export async function loadPartialAnswer(
  store: Store,
  scope: StoreScope,
  runId: string,
): Promise<readonly AssistantMessageItem[]> {
  const stored = await store.getValue(scope, keyOf(runId));
  return (stored?.value ?? []) as AssistantMessageItem[];
}

export function forgetPartialAnswer(store: Store, scope: StoreScope, runId: string): Awaitable<void> {
  return store.deleteValue(scope, keyOf(runId));
}

function keyOf(runId: string): string {
  return `run/${runId}`;
}
