import { Client } from 'pg';

import { PostgresSetupError, PostgresStore } from '../../../src/stores/postgres';
import { migrate } from '../../../src/stores/postgres/migrate';
import { MIGRATIONS } from '../../../src/stores/postgres/migrations';
import { describeWithPostgres, run } from '../../support/postgres';
import { scopeOf, threadOf } from '../fixtures';

async function refusal(work: Promise<unknown>): Promise<PostgresSetupError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PostgresSetupError);
  return error as PostgresSetupError;
}

/** The same URL with another user. */
function as(user: string, url: string): string {
  return url.replace(/^(\w+:\/\/)[^@]*@/, `$1${user}@`);
}

describeWithPostgres('the migrations of PostgresStore', (databases) => {
  test('are made once by stores that start together, and the first calls wait for them', async () => {
    const url = await databases.create();
    const stores = Array.from({ length: 8 }, () => new PostgresStore(url, { maxConnections: 2 }));
    await Promise.all(
      stores.map((store, n) => store.createThread(scopeOf('ann'), threadOf(`t${String(n)}`))),
    );
    const { data } = await stores[0]!.listThreads(scopeOf('ann'), { limit: 10, order: 'asc' });
    expect(data).toHaveLength(8);
    expect(await run(url, 'SELECT version FROM chatkit_migrations ORDER BY version')).toEqual(
      MIGRATIONS.map((_, index) => ({ version: index + 1 })),
    );
    await Promise.all(stores.map((store) => store.close()));
  });

  test('make the steps that are missing, each once, all or nothing', async () => {
    const url = await databases.create();
    const clients = Array.from({ length: 4 }, () => new Client(url));
    await Promise.all(clients.map((client) => client.connect()));
    const steps = ['CREATE TABLE counted (n int)', 'INSERT INTO counted VALUES (1)'];
    await Promise.all(clients.map((client) => migrate(client, steps)));
    expect(await run(url, 'SELECT * FROM counted')).toEqual([{ n: 1 }]);
    const failing = [...steps, 'INSERT INTO counted VALUES (2)', 'nonsense'];
    await expect(migrate(clients[0]!, failing)).rejects.toThrow('syntax error');
    await migrate(clients[1]!, [...steps, 'INSERT INTO counted VALUES (3)']);
    expect(await run(url, 'SELECT * FROM counted')).toEqual([{ n: 1 }, { n: 3 }]);
    await Promise.all(clients.map((client) => client.end()));
  });

  test('leave the database of a newer release alone', async () => {
    const url = await databases.create();
    const store = new PostgresStore(url);
    await store.admin.migrate();
    await run(url, 'INSERT INTO chatkit_migrations (version) VALUES (99)');
    const older = new PostgresStore(url);
    const refused = await refusal(older.admin.migrate());
    expect(refused.code).toBe('postgres_schema_newer');
    await Promise.all([store.close(), older.close()]);
  });

  test('say what a user who may not make tables has to be granted, and need no right where nothing is to be made', async () => {
    const url = await databases.create();
    await run(url, `DROP ROLE IF EXISTS chatkit_guest`);
    await run(url, 'CREATE ROLE chatkit_guest LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    const guest = new PostgresStore(as('chatkit_guest', url));
    const refused = await refusal(Promise.resolve(guest.createThread(scopeOf('ann'), threadOf('t1'))));
    expect([refused.code, refused.message]).toEqual([
      'postgres_rights_missing',
      expect.stringContaining('GRANT CREATE ON SCHEMA'),
    ]);
    const owner = new PostgresStore(url);
    await owner.admin.migrate();
    await run(url, 'GRANT ALL ON ALL TABLES IN SCHEMA public TO chatkit_guest');
    await run(url, 'GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO chatkit_guest');
    await guest.createThread(scopeOf('ann'), threadOf('t1')); // the same store works once it can
    await Promise.all([guest.close(), owner.close()]);
    await run(url, 'DROP OWNED BY chatkit_guest; DROP ROLE chatkit_guest');
  });

  test('a user who may only read them is told what has to be granted', async () => {
    const url = await databases.create();
    await run(url, 'DROP ROLE IF EXISTS chatkit_reader; CREATE ROLE chatkit_reader LOGIN');
    const owner = new PostgresStore(url);
    await owner.admin.migrate();
    await run(url, 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO chatkit_reader');
    const reader = new PostgresStore(as('chatkit_reader', url));
    await reader.admin.migrate();
    const refused = await refusal(Promise.resolve(reader.putValue(scopeOf('ann'), 'key', 1)));
    expect([refused.code, refused.message]).toEqual([
      'postgres_rights_missing',
      expect.stringContaining('GRANT SELECT, INSERT'),
    ]);
    await Promise.all([reader.close(), owner.close()]);
    await run(url, 'DROP OWNED BY chatkit_reader; DROP ROLE chatkit_reader');
  });

  test('say that the database is not there', async () => {
    const url = (await databases.create()).replace(/chatkit_test_\w+/, 'chatkit_no_such_database');
    const store = new PostgresStore(url);
    const refused = await refusal(store.admin.migrate());
    expect([refused.code, refused.message]).toEqual([
      'postgres_refused',
      expect.stringContaining('chatkit_no_such_database'),
    ]);
    await store.close();
  });

  test('say that the server is not to be reached, as something that may pass', async () => {
    const store = new PostgresStore('postgres://chat@127.0.0.1:1/chat');
    await expect(store.admin.migrate()).rejects.toMatchObject({ code: 'store_unavailable', status: 503 });
    await store.close();
  });

  test('stay in the schema that has the tables, when another one comes before it in the search_path', async () => {
    const url = await databases.create();
    const client = new Client(url);
    await client.connect();
    await migrate(client, ['CREATE TABLE counted (n int)']);
    await client.query('CREATE SCHEMA newer; SET search_path = newer, public');
    await migrate(client, ['', 'INSERT INTO counted VALUES (2)', 'CREATE TABLE more (n int)']);
    const tables = `SELECT schemaname || '.' || tablename AS name FROM pg_tables
      WHERE schemaname IN ('newer', 'public') ORDER BY name`;
    expect((await client.query(tables)).rows).toEqual([
      { name: 'public.chatkit_migrations' },
      { name: 'public.counted' },
      { name: 'public.more' },
    ]);
    expect((await client.query('SHOW search_path')).rows).toEqual([{ search_path: 'newer, public' }]);
    await client.end();
  });

  test('say that the search_path names no schema', async () => {
    const url = await databases.create();
    const store = new PostgresStore(url, { pg: { options: '-c search_path=absent' } });
    const refused = await refusal(store.admin.migrate());
    expect([refused.code, refused.message]).toEqual([
      'postgres_rights_missing',
      expect.stringContaining('search_path'),
    ]);
    await store.close();
  });

  test('say that the encoding of the database cannot store every text', async () => {
    const server = (await databases.server()).url;
    const name = /\/(\w+)(\?|$)/.exec(await databases.create())![1]!;
    await run(server, `DROP DATABASE ${name}`);
    await run(
      server,
      `CREATE DATABASE ${name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    const store = new PostgresStore(server.replace(/\/postgres(\?|$)/, `/${name}$1`));
    const refused = await refusal(store.admin.migrate());
    expect([refused.code, refused.message]).toEqual([
      'postgres_encoding_unsupported',
      expect.stringContaining('LATIN1'),
    ]);
    await store.close();
  });

  test('give way to processes of the release before, while a backup reads the tables', async () => {
    const url = await databases.create();
    const store = new PostgresStore(url);
    await store.createThread(scopeOf('ann'), threadOf('t1'));
    const [backup, upgrade] = [new Client(url), new Client(url)];
    await Promise.all([backup.connect(), upgrade.connect()]);
    await backup.query('BEGIN; LOCK TABLE chatkit_threads IN ACCESS SHARE MODE'); // as pg_dump does
    const steps = [...MIGRATIONS, 'ALTER TABLE chatkit_threads ADD COLUMN more int'];
    const upgrading = migrate(upgrade, steps);
    const refused = expect(upgrading).rejects.toMatchObject({ code: '55P03' });
    while (
      !(await run(url, `SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'`)).length
    );
    expect(await store.loadThread(scopeOf('ann'), 't1')).toEqual(threadOf('t1'));
    await refused;
    await backup.query('COMMIT');
    await migrate(upgrade, steps);
    await Promise.all([backup.end(), upgrade.end(), store.close()]);
  });
});
