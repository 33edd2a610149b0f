import 'reflect-metadata';
import { once } from 'node:events';

import { Client } from 'pg';

import { ChatController, OnMessage, progress, Signal } from 'chatkit-controllers';
import { PostgresStore } from 'chatkit-controllers/postgres';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import { describeWithPostgres, run } from '../../support/postgres';
import { create, deleteThread, say } from '../../support/requests';
import { endConnections, waitingBackends } from './backends';

/** A run that goes on until it is cancelled. */
@ChatController()
class Endless {
  @OnMessage()
  async *reply(@Signal() signal: AbortSignal) {
    yield progress('begun');
    if (Endless.waits) await once(signal, 'abort');
  }
  static waits = false;
}

describeWithPostgres('a thread that another process deletes', (databases) => {
  let url: string;
  let stores: PostgresStore[];
  let here: TestChat;
  let there: TestChat;

  beforeEach(async () => {
    Endless.waits = false;
    url = await databases.create();
    stores = [new PostgresStore(url), new PostgresStore(url)];
    [here, there] = (await Promise.all(
      stores.map((store) => serveChat({ controllers: [Endless], store })),
    )) as [TestChat, TestChat];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));

  /** Resolves when so many connections listen. */
  async function listening(count: number): Promise<void> {
    for (;;) {
      const rows = await run(
        url,
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'
        AND application_name = 'chatkit-controllers chatkit_deletions' AND query <> ''`,
      );
      if (rows.length >= count) return;
    }
  }

  test('takes the values along that were being put when it was deleted', async () => {
    const threadId = threadIdOf(await here.post(create()));
    const putting = new Client(url);
    await putting.connect();
    await putting.query('BEGIN');
    const { rowCount } = await putting.query(
      `INSERT INTO chatkit_values (owner, key, version, text, thread)
        SELECT owner, 'late', 1, '1', seq FROM chatkit_threads WHERE id = $1`,
      [threadId],
    );
    const deleted = there.post(deleteThread(threadId));
    await waitingBackends(url, 1);
    await putting.query('COMMIT');
    await putting.end();
    expect([rowCount, (await deleted).status]).toEqual([1, 200]);
    expect(await run(url, `SELECT key FROM chatkit_values WHERE key = 'late'`)).toEqual([]);
  });

  async function deleteWhileItRuns(): Promise<void> {
    Endless.waits = false;
    const threadId = threadIdOf(await here.post(create()));
    Endless.waits = true;
    const stream = here.post(say(threadId));
    for (;;) {
      const runs = await stores[1]!.admin.listOpenRuns({ limit: 9 });
      if (runs.data.some((each) => each.thread_id === threadId)) break;
    }
    await there.post(deleteThread(threadId));
    const { events } = await stream;
    expect(events.at(-1)).toMatchObject({ type: 'error', message: 'The thread was deleted.' });
  }

  test('has its run cancelled', async () => {
    await listening(2);
    await deleteWhileItRuns();
  });

  test('has its run cancelled, also when the connection that hears of it was lost before', async () => {
    await listening(2);
    await endConnections(url);
    await listening(2);
    await deleteWhileItRuns();
  });
});
