import { PostgresStore } from '../../../src/stores/postgres';
import { describeWithPostgres, run } from '../../support/postgres';
import { scopeOf, widgetOf } from '../fixtures';
import { populate, READS, WRITES } from '../writes';

const TABLES = ['threads', 'items', 'attachments', 'runs', 'values'].map((name) => `chatkit_${name}`);

/** Makes each commit fail that has changed one of the tables, while there is a row in `failing`. */
const FAIL_AT_COMMIT = `
  CREATE TABLE failing (at text);
  CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM failing) THEN RAISE EXCEPTION 'the commit fails'; END IF;
      RETURN NULL;
    END $$;
  ${TABLES.map(
    (table) => `CREATE CONSTRAINT TRIGGER fails AFTER INSERT OR UPDATE OR DELETE ON ${table}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail();`,
  ).join('\n')}`;

describeWithPostgres('a write of PostgresStore whose commit fails', (databases) => {
  let url: string;
  let store: PostgresStore;

  beforeEach(async () => {
    url = await databases.create();
    store = new PostgresStore(url);
    await populate(store);
    await run(url, FAIL_AT_COMMIT);
  });
  afterEach(() => store.close());

  const stored = (): Promise<unknown> =>
    Promise.all(TABLES.map((table) => run(url, `SELECT * FROM ${table} ORDER BY 1`)));

  test('every method of the store is known as one that writes or one that does not', () => {
    const methods = [
      ...Object.getOwnPropertyNames(PostgresStore.prototype),
      ...Object.keys(store.admin).map((name) => `admin.${name}`),
    ];
    const others = ['constructor', 'close', 'onThreadDeleted', 'admin.close', 'admin.migrate'];
    expect(new Set(methods)).toEqual(new Set([...WRITES.map(([method]) => method), ...READS, ...others]));
  });

  test('fails, stores nothing, and works again: each of them', async () => {
    for (const [method, name, write] of WRITES) {
      await run(url, `TRUNCATE ${TABLES.join(', ')}`);
      await populate(store);
      const before = await stored();
      await run(url, `INSERT INTO failing VALUES ('now')`);
      await expect([method, name, Promise.resolve(write(store))][2]).rejects.toThrow('the commit fails');
      expect([method, name, await stored()]).toEqual([method, name, before]);
      await run(url, 'DELETE FROM failing');
      await write(store);
      expect([method, name, await stored()]).not.toEqual([method, name, before]);
    }
  });

  test('takes no other write with it that came in the same turn', async () => {
    await run(
      url,
      `CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF to_jsonb(NEW) ->> 'id' = 'bad' THEN RAISE EXCEPTION 'the commit fails'; END IF;
        RETURN NULL;
      END $$`,
    );
    const ann = scopeOf('ann');
    const save = (id: string): Promise<unknown> => {
      const item = widgetOf(id, 't2');
      return Promise.resolve(store.saveItem(ann, item, JSON.stringify(item)));
    };
    const outcomes = await Promise.allSettled(['good', 'bad', 'better'].map(save));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const { data } = await store.listItems(ann, 't2', { limit: 9, order: 'asc' });
    expect(data.map(({ id }) => id)).toEqual(['good', 'better']);
  });

  test('keeps the record of its run, since what the run stores is not in one commit then', async () => {
    const ann = scopeOf('ann');
    await run(
      url,
      `CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF to_jsonb(NEW) ->> 'id' = 'bad' THEN RAISE EXCEPTION 'the commit fails'; END IF;
        RETURN NULL;
      END $$`,
    );
    const record = { id: 'r1', thread_id: 't2', instance: 'p1', started_at: '2025-01-02T03:04:05Z' };
    const bad = widgetOf('bad', 't2');
    const outcomes = await Promise.allSettled([
      store.openRun(ann, record, { isOver: () => true }),
      store.saveItem(ann, bad, JSON.stringify(bad)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const { data } = await store.admin.listOpenRuns({ limit: 9 });
    expect(data.map(({ id }) => id)).toContain('r1');
  });
});
