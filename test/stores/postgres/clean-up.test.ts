import { PostgresStore } from '../../../src/stores/postgres';
import { describeWithPostgres, run } from '../../support/postgres';
import { scopeOf } from '../fixtures';

const MANY = 30_000;

describeWithPostgres('the cleanup of expired values', (databases) => {
  test('succeeds although a statement for all of them would take too long, and deletes each once', async () => {
    const url = await databases.create();
    const stores = Array.from({ length: 3 }, () => new PostgresStore(url, { statementTimeoutMs: 2500 }));
    await stores[0]!.putValue(scopeOf('ann'), 'later', 1, { expiresAt: Date.now() + 1e9 });
    await run(
      url,
      `INSERT INTO chatkit_values (owner, key, version, expires_at, text)
      SELECT 'owner ' || n, 'key', 1, n, '1' FROM generate_series(1, ${String(MANY)}) n`,
    );
    // As on a slow disk: all of them take seconds.
    await run(
      url,
      `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(0.0001); RETURN OLD; END $$`,
    );
    await run(
      url,
      'CREATE TRIGGER slow BEFORE DELETE ON chatkit_values FOR EACH ROW EXECUTE FUNCTION slow()',
    );
    const counts = await Promise.all(stores.map((store) => store.admin.cleanUpValues(MANY)));
    expect(counts.reduce((sum, each) => sum + each)).toBe(MANY);
    expect(await run(url, 'SELECT count(*)::int AS n FROM chatkit_values')).toEqual([{ n: 1 }]);
    await Promise.all(stores.map((store) => store.close()));
  }, 60_000);
});
