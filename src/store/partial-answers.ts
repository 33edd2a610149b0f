import type { AssistantMessageItem } from '../protocol';
import type { Awaitable } from './awaitable';
import type { Store, StoreScope } from './store';

/** How long what a crash has left waits for a process that finds it, in milliseconds. */
const KEPT_FOR_MS = 30 * 86_400_000;

/**
 * What a run has shown of messages that are not done lies beside its record while it goes on, and not
 * among the items of its thread: no list ever has a half of an item.
 */
export function keepPartialAnswer(
  store: Store,
  scope: StoreScope,
  { id, threadId }: { id: string; threadId: string },
  shown: readonly AssistantMessageItem[],
): Awaitable<unknown> {
  return store.putValue(scope, keyOf(id), shown, { expiresAt: Date.now() + KEPT_FOR_MS, threadId });
}

/** What was kept last; nothing where the run had shown nothing yet. */
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
