import type { ChatContext } from '../../context';
import { isRecord, type SdkHiddenContextItem, type ThreadItem } from '../../protocol';
import type { StreamedRun } from '../sdk/run-event';
import { isCall, itemsOf, replayable, type ModelItem } from './model-items';

/** What a run has said and done, kept whole in a hidden item of its thread. */
export interface RememberedRun {
  /** The assistant's messages that it has said: it stands for them. */
  readonly covers: readonly string[];
  readonly items: readonly ModelItem[];
}

/** Begins the text of such an item: no sentence for a model does. */
const MARK = '{"chatkit-controllers.agents":"run"';

/**
 * Keeps a run: its tool calls with their outputs, and its reasoning with what it led to. Of a run that has
 * only talked there is nothing to keep.
 *
 * @param leaveOut calls that the thread tells of itself
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

/** The run that an item keeps. */
export function rememberedIn({ content }: SdkHiddenContextItem): RememberedRun | undefined {
  if (!content.startsWith(MARK)) return undefined;
  const run: unknown = JSON.parse(content);
  return isRecord(run) && Array.isArray(run['covers']) && Array.isArray(run['items'])
    ? (run as unknown as RememberedRun)
    : undefined;
}

/** The items without the runs that are kept among them. */
export function withoutRemembered(items: readonly ThreadItem[]): ThreadItem[] {
  return items.filter((item) => runOf(item) === undefined);
}

/**
 * The items for a model: runs that are kept, without the messages for which they stand. One of whose
 * messages some are gone, or beyond the limit of what is read, is left out, and its other messages stay.
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
