import type { AssistantMessageItem, ThreadItem } from '../../src/protocol';
import { run } from '../support/postgres/run';
import type { History } from './history';

interface Row {
  owner: string;
  thread: string;
  item: ThreadItem;
}

/** What must hold when all is quiet, each with what is wrong with it. */
export async function check(database: string, history: History): Promise<Record<string, string[]>> {
  const rows = await itemsOf(database);
  return {
    'no byte that was sent had hidden content, or an item of another owner': history.violations,
    'no process ends unless it is killed': history.accidents,
    'what a client was shown as done is in the store, once, as it was shown': lost(rows, history),
    'each answer is whole behind its message, or noted to be a part': disorders(rows),
    'no run is left, and nothing that was kept for one': await left(
      database,
      `SELECT 'run ' || id AS what FROM chatkit_runs
      UNION ALL SELECT key FROM chatkit_values WHERE key LIKE 'run/%'`,
    ),
    'no lock is left': await left(
      database,
      `SELECT 'lock of ' || pid AS what FROM pg_locks WHERE locktype = 'advisory' AND granted`,
    ),
    'there was something to check': rows.length > 20 && history.told.length > 20 ? [] : ['hardly an item'],
  };
}

async function itemsOf(database: string): Promise<Row[]> {
  const rows = await run(
    database,
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
  return told.flatMap(({ owner, threadId, item }) => {
    const found = (stored.get(item.id) ?? []).filter((row) => row.thread === threadId && row.owner === owner);
    if (found.length !== 1) return [`${item.id} is there ${String(found.length)} times`];
    const same = textOf(found[0]?.item) === textOf(item);
    return same ? [] : [`${item.id} is stored as "${textOf(found[0]?.item)}", shown as "${textOf(item)}"`];
  });
}

function disorders(rows: readonly Row[]): string[] {
  let message = '';
  return rows.flatMap(({ thread, item }, index) => {
    if (item.type === 'user_message') message = textOf(item);
    if (item.type !== 'assistant_message') return [];
    const text = textOf(item);
    const next = rows.slice(index + 1).find((row) => row.thread === thread);
    if (!text.endsWith('end. ')) {
      return next?.item.type === 'sdk_hidden_context' ? [] : [`"${text}" is a part, and not noted to be one`];
    }
    return text.includes(` ${message} `) ? [] : [`"${text}" follows "${message}"`];
  });
}

function textOf(item: ThreadItem | undefined): string {
  const { content } = item as Partial<AssistantMessageItem>;
  return Array.isArray(content) ? content.map(({ text }) => text).join('') : '';
}

async function left(database: string, sql: string): Promise<string[]> {
  return (await run(database, sql)).map(({ what }) => `${String(what)} is left`);
}
