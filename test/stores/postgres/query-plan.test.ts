import { Client, Connection } from 'pg';

import { PostgresStore } from '../../../src/stores/postgres';
import { describeWithPostgres } from '../../support/postgres';
import { scopeOf } from '../fixtures';
import { populate, WRITES } from '../writes';

const ann = scopeOf('ann');
const ITEMS_OF_ONE = 100_000;

/** 5,000 threads of 100 owners with ten items each, one of 100,000 items, and as much of everything else. */
const FILL = `
  INSERT INTO chatkit_threads (id, owner, data)
    SELECT 'thread ' || n, 'owner ' || n % 100, jsonb_build_object('id', 'thread ' || n) FROM generate_series(1, 5000) n;
  INSERT INTO chatkit_items (thread, id, type, version, text)
    SELECT t.seq, 'item ' || n, 'widget', 1, '{}' FROM chatkit_threads t, generate_series(1, 10) n WHERE t.owner LIKE 'owner %';
  INSERT INTO chatkit_items (thread, id, type, version, text)
    SELECT (SELECT seq FROM chatkit_threads WHERE id = 't2'), 'many ' || n, 'widget', 1, jsonb_build_object('id', 'many ' || n, 'text', repeat('x', 100))::text
    FROM generate_series(1, ${String(ITEMS_OF_ONE)}) n;
  INSERT INTO chatkit_attachments (id, owner, created_at, data)
    SELECT 'file ' || n, 'owner ' || n % 100, n, jsonb_build_object('thread_id', CASE WHEN n % 50 > 0 THEN 't' END)
    FROM generate_series(1, 5000) n;
  INSERT INTO chatkit_runs (id, owner, thread, text)
    SELECT 'run ' || seq, 'owner', seq, '{}' FROM chatkit_threads WHERE owner LIKE 'owner %';
  INSERT INTO chatkit_values (owner, key, version, expires_at, text)
    SELECT 'owner ' || n % 100, 'key ' || n, 1, 1e13::bigint + n, '1' FROM generate_series(1, 5000) n;
  INSERT INTO chatkit_values (owner, key, version, text, thread)
    SELECT owner, 'state ' || seq, 1, '1', seq FROM chatkit_threads WHERE owner LIKE 'owner %';
  VACUUM ANALYZE`;

/** All statements that a store has prepared, each method called in each way. */
async function statementsOf(store: PostgresStore): Promise<Set<string>> {
  const texts = new Set<string>();

  const parse = Connection.prototype.parse;
  const spy = jest.spyOn(Connection.prototype, 'parse').mockImplementation(function (
    this: Connection,
    query,
    more,
  ) {
    if ((query as { name?: string }).name?.startsWith('chatkit_') === true) texts.add(query.text);
    parse.call(this, query, more);
  });
  await populate(store);
  const order = ['asc', 'desc'] as const;
  await Promise.all(
    order.flatMap((each) => [
      store.listThreads(ann, { limit: 1, order: each }),
      store.listItems(ann, 't1', { limit: 1, order: each }),
      store.admin.listThreads({ limit: 1, order: each }),
    ]),
  );
  await Promise.all([
    store.loadThread(ann, 't1'),
    store.loadItem(ann, 't1', 'present'),
    store.loadAttachment(ann, 'present'),
    store.getValue(ann, 'present'),
    store.admin.listOpenRuns({ limit: 1 }),
    store.admin.listUnsentAttachments(1, { limit: 1 }),
    store.admin.listAttachments('ann', { limit: 1 }),
    store.admin.listValues('ann', { limit: 1 }),
    store.admin.listValues('ann', { limit: 1, after: 'a' }),
    store.admin.forgetOwner('nobody'),
  ]);
  for (const [method, , write] of WRITES)
    if (method !== 'deleteThread') await Promise.allSettled([write(store)]); // one that is refused was made as well
  await store.createThread(ann, { id: 'gone', created_at: '', status: { type: 'active' }, metadata: {} });
  await store.deleteThread(ann, 'gone');
  spy.mockRestore();
  return texts;
}

describeWithPostgres('the plans of PostgreSQL, in filled tables,', (databases) => {
  let store: PostgresStore;
  let client: Client;
  let texts: Set<string>;

  beforeAll(async () => {
    const url = await databases.create();
    store = new PostgresStore(url);
    texts = await statementsOf(store);
    client = new Client(url);
    await client.connect();
    for (const step of FILL.split(';')) await client.query(step);
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await store.close();
  });

  async function planOf(text: string, costs = 'COSTS OFF'): Promise<string> {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN, ${costs}) ${text}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  test.each([
    ['as they are filled', 1, 100_000],
    ['as if they had more than ten million items', 100, 10_000_000],
  ])('of all statements search by index, %s', async (_, times, atLeast) => {
    // The planner takes rows for each page from here; that there are more pages would only make scans dearer.
    await client.query(
      `UPDATE pg_class SET reltuples = reltuples * ${String(times)} WHERE relname LIKE 'chatkit\\_%'`,
    );
    const [, rows] = /rows=(\d+)/.exec(await planOf('SELECT * FROM chatkit_items', 'COSTS ON')) ?? [];
    expect(Number(rows)).toBeGreaterThan(atLeast);
    expect(texts.size).toBeGreaterThan(30);
    for (const text of texts) {
      const wasteful = text.startsWith('DELETE') ? /Seq Scan/ : /Seq Scan on chatkit|Bitmap Heap Scan/;
      expect(`${text}\n${await planOf(text)}`).not.toMatch(wasteful);
    }
  });

  test.each(['asc', 'desc'] as const)('read no more than a page of a list (%s)', async (order) => {
    const list = [...texts].find(
      (text) =>
        text.includes('FROM chatkit_items WHERE thread = head.thread') &&
        text.includes(`LIMIT $5::bigint`) &&
        text.includes(order === 'asc' ? 'seq >' : 'seq <'),
    );
    const values = ['t2', 'ann', `many ${String(ITEMS_OF_ONE / 2)}`, null, '20', '1000000'];
    await client.query('SET plan_cache_mode = force_generic_plan');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>({
      text: `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ${list!}`,
      values,
    });
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const counts = [...plan.matchAll(/rows=([\d.]+)/g)].map(([, rowsOf]) => Number(rowsOf));
    expect(counts.length).toBeGreaterThan(3);
    expect(Math.max(...counts)).toBeLessThanOrEqual(21);
  });

  test('a thread of 100,000 items is paged through, each item once', async () => {
    let seen = 0;
    let after: string | undefined;
    do {
      const page = await store.listItems(ann, 't2', { limit: 5000, order: 'asc', after });
      for (const { id } of page.data) expect(id).toBe(`many ${String((seen += 1))}`);
      after = page.after;
    } while (after !== undefined);
    expect(seen).toBe(ITEMS_OF_ONE);
  }, 120_000);
});
