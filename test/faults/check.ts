import type { AssistantMessageItem, ThreadItem, WidgetItem } from '../../src/protocol';
import { countOf } from './counter';
import type { History } from './history';
import type { World } from './worlds/world';

interface Row {
  owner: string;
  thread: string;
  item: ThreadItem;
}

/** What must hold when all is quiet, each with what is wrong with it. */
export async function check(world: World, history: History): Promise<Record<string, string[]>> {
  const rows = await itemsOf(world);
  return {
    'no byte that was sent had hidden content, or an item of another owner': history.violations,
    'no process ends unless it is killed': history.accidents,
    'no request hangs': history.hanging,
    'what a client was shown as done is in the store, once, as it was shown': lost(rows, history),
    'what was deleted is gone': rows
      .filter(({ thread }) => history.deleted.has(thread))
      .map(({ item }) => `${item.id} is there`),
    'no update of a counter that was told is lost': lostCounts(rows, history),
    'each answer is whole behind its message, or noted to be a part': disorders(rows),
    'no run is left, and nothing that was kept for one': (
      await world.query(
        `SELECT 'run ' || id AS what FROM chatkit_runs
        UNION ALL SELECT key FROM chatkit_values WHERE key LIKE 'run/%'`,
      )
    ).map(({ what }) => `${String(what)} is left`),
    'no lock is left, and no connection of a client': await world.leftovers(),
    'there was something to check': rows.length > 10 && history.told.length > 10 ? [] : ['hardly an item'],
  };
}

async function itemsOf(world: World): Promise<Row[]> {
  const rows = await world.query(
    `SELECT t.owner, t.id AS thread, i.text FROM chatkit_items i JOIN chatkit_threads t ON t.seq = i.thread
    WHERE i.text IS NOT NULL ORDER BY i.thread, i.seq`,
  );
  return rows.map(({ owner, thread, text }) => ({
    owner: String(owner),
    thread: String(thread),
    item: JSON.parse(String(text)) as ThreadItem,
  }));
}

function lost(rows: readonly Row[], { told }: History): string[] {
  const stored = new Map<string, Row[]>();
  for (const row of rows) stored.set(row.item.id, [...(stored.get(row.item.id) ?? []), row]);
  return told.flatMap(({ owner, threadId, item, mayBeGone }) => {
    const found = (stored.get(item.id) ?? []).filter((row) => row.thread === threadId && row.owner === owner);
    if (found.length === 0 && mayBeGone === true) return [];
    const what = `${item.type} ${item.id} of ${owner}`;
    if (found.length !== 1) return [`${what} is there ${String(found.length)} times`];
    const same = textOf(found[0]?.item) === textOf(item);
    return same ? [] : [`${what} is stored as "${textOf(found[0]?.item)}", shown as "${textOf(item)}"`];
  });
}

function lostCounts(rows: readonly Row[], { counts }: History): string[] {
  const stored = new Map(rows.map(({ item }) => [item.id, item]));
  return [...counts].flatMap(([id, told]) => {
    const item = stored.get(id);
    if (new Set(told).size < told.length) return [`${id} was twice told the same of ${told.join(', ')}`];
    const now = item === undefined ? Infinity : countOf((item as WidgetItem).widget);
    return now < Math.max(...told) ? [`${id} is at ${String(now)}, and was told ${told.join(', ')}`] : [];
  });
}

function disorders(rows: readonly Row[]): string[] {
  let message = '';
  return rows.flatMap(({ owner, thread, item }, index) => {
    if (item.type === 'user_message') message = textOf(item);
    if (item.type !== 'assistant_message') return [];
    const text = textOf(item).replaceAll(/x{4000}/g, '');
    const next = rows.slice(index + 1, index + 20).find((row) => row.thread === thread);
    const what = `${item.id} of ${owner}: "${text.slice(0, 200)}"`;
    // Stored when a process or the store was back: behind what the thread had by then.
    if (next?.item.type === 'sdk_hidden_context') return [];
    if (!text.endsWith('end. ')) return [`${what} is a part, and not noted to be one`];
    return text.includes(` ${message} `) ? [] : [`${what} follows "${message}"`];
  });
}

function textOf(item: ThreadItem | undefined): string {
  const { content } = item as Partial<AssistantMessageItem>;
  return Array.isArray(content) ? content.map(({ text }) => text).join('') : '';
}
