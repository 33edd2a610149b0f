import type { ChatContext } from '../../context';
import { isRecord, type SdkHiddenContextItem, type ThreadItem } from '../../protocol';
import type { StreamedRun } from '../sdk/run-event';
import { isCall, itemsOf, replayable, type ModelItem } from './model-items';

/** All items of a run, stored in a hidden item of its thread. */
export interface RememberedRun {
  /** The ids of the run's assistant messages; for the model, the run replaces them. */
  readonly covers: readonly string[];
  readonly items: readonly ModelItem[];
}

/** The start of such an item's text; no text for a model begins like this. */
const MARK = '{"chatkit-controllers.agents":"run"';

/**
 * Stores a run: its tool calls with their outputs, and its reasoning with the items that follow from it. A
 * run with messages alone is not stored.
 *
 * @param leaveOut ids of calls that the thread contains itself
 */
export async function rememberRun(
  ctx: ChatContext,
  run: StreamedRun,
  covers: readonly string[],
  leaveOut: ReadonlySet<string>,
): Promise<void> {
  const items = replayable(itemsOf(run), leaveOut);
  if (!items.some((item) => isCall(item) || item.type === 'reasoning')) return;
  const { store, thread } = ctx;
  await store.saveItem({
    id: store.generateId('sdk_hidden_context'),
    thread_id: thread.id,
    created_at: store.now(),
    type: 'sdk_hidden_context',
    content: `${MARK},${JSON.stringify({ covers, items }).slice(1)}`,
  });
}

/** Whether an item contains a run. */
export function isRemembered(item: ThreadItem): boolean {
  return item.type === 'sdk_hidden_context' && item.content.startsWith(MARK);
}

/** The run in a hidden item; `undefined` if the item contains none. */
export function rememberedIn({ content }: SdkHiddenContextItem): RememberedRun | undefined {
  if (!content.startsWith(MARK)) return undefined;
  const run: unknown = JSON.parse(content);
  return isRecord(run) && Array.isArray(run['covers']) && Array.isArray(run['items'])
    ? (run as unknown as RememberedRun)
    : undefined;
}

/** The items without remembered runs. */
export function withoutRemembered(items: readonly ThreadItem[]): ThreadItem[] {
  return items.filter((item) => !isRemembered(item));
}

/**
 * The items for a model: remembered runs, without the messages that they replace. If some of a run's messages
 * are deleted, or beyond the history limit, the run is left out, and its other messages stay.
 */
export function withRemembered(items: readonly ThreadItem[]): ThreadItem[] {
  const ids = new Set(items.map(({ id }) => id));
  const replaced = new Set<string>();
  const kept = items.filter((item) => {
    const run = runOf(item);
    if (run === undefined) return true;
    if (!run.covers.every((id) => ids.has(id))) return false;
    for (const id of run.covers) replaced.add(id);
    return true;
  });
  return kept.filter(({ id }) => !replaced.has(id));
}

function runOf(item: ThreadItem): RememberedRun | undefined {
  return item.type === 'sdk_hidden_context' ? rememberedIn(item) : undefined;
}
