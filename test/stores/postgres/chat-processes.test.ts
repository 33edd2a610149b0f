import { Client } from 'pg';

import type { ThreadItem } from '../../../src/protocol';
import { Child } from '../../support/child';
import { textOf, threadIdOf } from '../../support/chat';
import { open, post, type OpenStream } from '../../support/client';
import { describeWithPostgres, run } from '../../support/postgres';
import { act, actSync, create, getThread, listItems, say } from '../../support/requests';
import { until } from '../../support/wait';

/** A server, and what it is reached by. */
interface Server {
  process: Child<string>;
  url: string;
}

describeWithPostgres('two processes of an app', (databases) => {
  let database: string;
  let here: Server;
  let there: Server;

  async function serve(options: object = {}): Promise<void> {
    database = await databases.create();
    [here, there] = await Promise.all([start(options), start(options)]);
  }

  async function start(options: object): Promise<Server> {
    const args = [database, JSON.stringify(options)];
    const process = Child.start<string>('stores/postgres/chat-process.ts', args);
    return { process, url: await process.next() };
  }

  const newThread = async (): Promise<string> => threadIdOf(await post(here.url, create('Start')));

  async function items(threadId: string, { url }: Server = there): Promise<ThreadItem[]> {
    return (await post(url, listItems(threadId, { limit: 100, order: 'asc' }))).json['data'] as ThreadItem[];
  }

  /** A message whose answer waits in the middle. */
  async function waits(server: Server, threadId: string, name: string): Promise<OpenStream> {
    const stream = await open(server.url, say(threadId, `wait ${name}`));
    await stream.until(({ type }) => type === 'thread.item.updated');
    await until(async () => (await server.process.ask('runs')) !== '0', 'the answer to wait');
    return stream;
  }

  /** Resolves when so many requests have told that they wait for a thread. */
  async function inLine(count: number, work: () => Promise<void>): Promise<void> {
    const ear = new Client(database);
    let heard = 0;
    await ear.connect();
    ear.on('notification', ({ payload }) => (heard += payload?.startsWith('want') === true ? 1 : 0));
    await ear.query('LISTEN chatkit_locks');
    await work();
    while (heard < count) await ear.query('SELECT 1');
    await ear.end();
  }

  test('answer messages of a thread one after the other, in the order in which they came', async () => {
    await serve();
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    const later: Promise<OpenStream>[] = [];
    for (const [server, text] of [
      [there, 'two'],
      [here, 'three'],
      [there, 'four'],
    ] as const) {
      await inLine(1, async () => void later.push(open(server.url, say(threadId, text))));
    }
    expect((await items(threadId)).map(textOf)).not.toContain('two');
    await here.process.ask('go on');
    for (const stream of [first, ...(await Promise.all(later))]) await stream.end();
    expect((await items(threadId)).map(textOf)).toEqual([
      ...['Start', 'You said Start.'],
      ...['wait one', 'First half of wait one. Second half.'],
      ...['two', 'You said two.', 'three', 'You said three.', 'four', 'You said four.'],
    ]);
  }, 60_000);

  test('forget a request whose client leaves while it waits for the other', async () => {
    await serve();
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    let leaving: OpenStream | undefined;
    await inLine(1, async () => void (leaving = await open(there.url, say(threadId, 'never'))));
    const last: Promise<OpenStream>[] = [];
    await inLine(1, async () => void last.push(open(there.url, say(threadId, 'last'))));
    leaving!.leave();
    await here.process.ask('go on');
    await first.end();
    await (await last[0]!).end();
    expect((await items(threadId)).map(textOf).slice(-2)).toEqual(['last', 'You said last.']);
    expect((await items(threadId)).map(textOf)).not.toContain('never');
  }, 60_000);

  test('refuse a message while the other answers one, with `reject`', async () => {
    await serve({ threads: { concurrency: 'reject' } });
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    expect(await post(there.url, say(threadId, 'two'))).toMatchObject({ status: 409 });
    await here.process.ask('go on');
    await first.end();
    expect((await post(there.url, say(threadId, 'three'))).types.at(-1)).toBe('thread.item.done');
  }, 60_000);

  test('answer beside each other with `parallel`', async () => {
    await serve({ threads: { concurrency: 'parallel' } });
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    expect((await post(there.url, say(threadId, 'two'))).types.at(-1)).toBe('thread.item.done');
    await here.process.ask('go on');
    await first.end();
  }, 60_000);

  test('go on with a thread whose process was killed', async () => {
    await serve();
    const threadId = await newThread();
    await waits(here, threadId, 'one');
    let next: Promise<OpenStream> | undefined;
    await inLine(1, async () => void (next = open(there.url, say(threadId, 'two'))));
    here.process.kill();
    await (await next!).end();
    expect((await items(threadId)).map(textOf)).toContain('You said two.');
  }, 60_000);

  test('go on with a thread whose process is closed, which keeps what was shown', async () => {
    await serve();
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    let next: Promise<OpenStream> | undefined;
    await inLine(1, async () => void (next = open(there.url, say(threadId, 'two'))));
    expect(await here.process.ask('close')).toBe('closed');
    expect((await first.end()).at(-1)).toMatchObject({ type: 'error', allow_retry: true });
    await (await next!).end();
    expect((await items(threadId)).map(textOf)).toEqual(
      expect.arrayContaining(['First half of wait one.', 'You said two.']),
    );
  }, 60_000);

  test('cancel an answer whose thread another has by now, with what was shown of it kept', async () => {
    await serve();
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    const [lock] = await run(
      database,
      `SELECT pid, ((classid::bigint << 32) | objid::bigint)::text AS key FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    const other = new Client(database);
    await other.connect();
    const taken = other.query(`SELECT pg_advisory_lock(${String(lock!['key'])})`);
    while ((await run(database, 'SELECT 1 FROM pg_locks WHERE NOT granted')).length === 0);
    await run(database, `SELECT pg_terminate_backend(${String(lock!['pid'])}, 5000)`);
    await taken;
    expect((await first.end()).at(-1)).toMatchObject({ type: 'error', allow_retry: true });
    expect((await items(threadId)).map(textOf)).toContain('First half of wait one.');
    await other.end();
  }, 60_000);

  test('finish an answer whose client has left, and show it whole on the other', async () => {
    await serve({ onDisconnect: 'finish' });
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    first.leave();
    let next: Promise<OpenStream> | undefined;
    await inLine(1, async () => void (next = open(there.url, say(threadId, 'two'))));
    expect((await items(threadId)).map(textOf)).not.toContain('two'); // its turn comes after the answer
    await here.process.ask('go on');
    await (await next!).end();
    expect((await items(threadId)).map(textOf).slice(2)).toEqual([
      'wait one',
      'First half of wait one. Second half.',
      'two',
      'You said two.',
    ]);
  }, 60_000);

  test('keep of an answer what was shown when its process is killed, with a note for the model', async () => {
    await serve();
    const threadId = await newThread();
    const first = await waits(here, threadId, 'one');
    const added = first.events.find((event) => event.type === 'thread.item.added')!.item;
    const kept = () => run(database, `SELECT owner, text FROM chatkit_values WHERE key LIKE 'run/%'`);
    await until(async () => (await kept()).length === 1, 'what was shown to be kept');
    await here.process.killed();
    await until(async () => (await kept()).length === 0, 'the other process to find it', 60_000);
    const text = { type: 'output_text', text: 'First half of wait one.', annotations: [] };
    expect((await items(threadId)).slice(2)).toEqual([
      expect.objectContaining({ type: 'user_message' }),
      { ...added, content: [text] },
    ]);
    const all = await run(database, `SELECT type, text FROM chatkit_items ORDER BY seq DESC LIMIT 1`);
    expect(all).toEqual([
      { type: 'sdk_hidden_context', text: expect.stringContaining('Do not continue it unasked') as string },
    ]);
    expect(await run(database, 'SELECT * FROM chatkit_runs')).toEqual([]);
  }, 90_000);

  test.each(['queue', 'parallel'] as const)(
    'lose no change of a widget, with `%s`, of actions and sync actions at once',
    async (concurrency) => {
      await serve({ threads: { concurrency } });
      const threadId = threadIdOf(await post(here.url, create('counter')));
      const widget = (await items(threadId)).find(({ type }) => type === 'widget')!;
      const done = await Promise.all(
        Array.from({ length: 24 }, async (_, n) => {
          const { url } = n % 2 === 0 ? here : there;
          if (n % 3 === 0)
            return (await post(url, actSync(threadId, widget.id, 'count.sync'))).status === 200;
          const { types } = await post(url, act(threadId, widget.id, 'count'));
          return types.includes('thread.item.replaced');
        }),
      );
      const changes = done.filter(Boolean).length;
      expect(changes).toBeGreaterThan(0);
      for (const server of [here, there]) {
        const { text } = await post(server.url, getThread(threadId));
        expect(text).toContain(`"value":"${String(changes)}"`);
      }
    },
    60_000,
  );
});
