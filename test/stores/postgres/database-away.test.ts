import { assistantMessageStream, ChatController, OnMessage } from '../../../src';
import { PostgresStore } from '../../../src/stores/postgres';
import { serveChat, textOf } from '../../support/chat';
import { describeWithPostgres, run } from '../../support/postgres';
import { create, say } from '../../support/requests';
import { Latch, until } from '../../support/wait';

let latch = new Latch();

@ChatController()
class Slow {
  @OnMessage()
  reply() {
    const { opened } = latch;
    return assistantMessageStream(
      (async function* () {
        yield 'One ';
        await opened;
        yield 'two.';
      })(),
    );
  }
}

describeWithPostgres('while PostgreSQL is away', (databases) => {
  test('the process is not healthy, answers of the chat say so, and all goes on when it is back', async () => {
    const url = await databases.create();
    const server = (await databases.server()).url;
    const name = /\/(\w+)\?/.exec(url)![1]!;
    const takesConnections = async (does: boolean): Promise<void> => {
      await run(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${String(does)}`);
      if (!does)
        await run(
          server,
          `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
        );
    };
    const store = new PostgresStore(url, { connectTimeoutMs: 500 });
    const chat = await serveChat({ controllers: [Slow], store, health: true });
    latch = new Latch();
    latch.open();
    const threadId = await chat.newThread();
    latch = new Latch();
    const stream = await chat.open(say(threadId));
    await stream.until((event) => JSON.stringify(event).includes('One '));
    const health = async (): Promise<number> => (await fetch(`${chat.url}/health`)).status;
    expect(await health()).toBe(200);

    await takesConnections(false);
    await until(async () => (await health()) === 503, 'the process to be unhealthy');
    expect(await chat.post(create())).toMatchObject({
      status: 503,
      json: { error: { code: 'store_unavailable' } },
    });
    latch.open();
    expect((await stream.end()).at(-1)).toMatchObject({ type: 'error' });

    await takesConnections(true);
    await until(async () => (await health()) === 200, 'the process to be healthy');
    expect((await chat.post(create())).types.at(-1)).toBe('thread.item.done');
    const texts = async (): Promise<string[]> => (await chat.items(threadId)).map(textOf);
    await until(
      async () => (await texts()).some((text) => text.startsWith('One ')),
      'what was shown',
      60_000,
    );
    await store.close();
  }, 120_000);
});
