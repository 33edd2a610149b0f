import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';

import {
  assistantMessage,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  replace,
  Sender,
  widget,
  type ChatContext,
  type WidgetItem,
  type WidgetRoot,
} from 'chatkit-controllers';
import { PostgresStore } from 'chatkit-controllers/postgres';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import { describeWithPostgres } from '../../support/postgres';
import { act, actSync, create, listThreads, say } from '../../support/requests';

const card = (value: string): WidgetRoot => ({ type: 'Card', children: [{ type: 'Text', value }] });

interface Pauses {
  first?: boolean;
  between?: number;
}

@ChatController()
class Items {
  @OnMessage()
  reply() {
    return widget(card('new'));
  }

  @OnAction('at.once', { payload: 'unchecked' })
  *atOnce(@Sender() sender: WidgetItem) {
    yield replace(sender, card('selected'));
    yield hiddenContext('selected');
    yield assistantMessage('Selected.');
  }

  /** Waits for a service of its own where the payload says so. */
  @OnAction('in.turns', { payload: 'unchecked' })
  async *inTurns({ first = false, between = 0 }: Pauses, { sender }: ChatContext) {
    if (first) await setTimeout(20);
    yield replace(sender, card('selected'));
    for (let pause = 0; pause < between; pause += 1) {
      await setTimeout(20);
      yield hiddenContext('selected');
      yield assistantMessage('Selected.');
    }
  }

  @OnAction('sync', { sync: true, payload: 'unchecked' })
  sync() {
    return card('synced');
  }
}

/** How often the database is asked while work is done: each query is a round trip. */
async function roundTrips(work: () => Promise<unknown>): Promise<number> {
  const prototype = Client.prototype as unknown as { query(...args: unknown[]): unknown };
  const spy = jest.spyOn(prototype, 'query');
  await work();
  const count = spy.mock.calls.filter(([query]) => !givesBack(query)).length;
  spy.mockRestore();
  return count;
}

/** Whether a query only gives a lock back, for which nothing waits. */
function givesBack(query: unknown): boolean {
  const { calls } = query as { calls?: { statement: { text: string } }[] };
  return calls?.every(({ statement }) => statement.text.includes('pg_advisory_unlock')) === true;
}

describeWithPostgres('the round trips of PostgresStore', (databases) => {
  let store: PostgresStore;
  let chat: TestChat;
  let threadId: string;
  let senderId: string;

  beforeEach(async () => {
    // A lease that is renewed meanwhile is no part of an action.
    jest.spyOn(globalThis, 'setInterval').mockReturnValue(globalThis.setTimeout(() => undefined, 0));
    store = new PostgresStore(await databases.create());
    chat = await serveChat({ controllers: [Items], store });
    const created = await chat.post(create());
    threadId = threadIdOf(created); // the connections are there now
    const items = await chat.items(threadId);
    senderId = items.find(({ type }) => type === 'widget')!.id;
  });
  afterEach(() => store.close());

  async function tripsOf(request: object): Promise<[number, string[]]> {
    let types: string[] = [];
    const count = await roundTrips(async () => {
      const reply = await chat.post(request as Parameters<TestChat['post']>[0]);
      types = reply.events.map(({ type }) => type);
    });
    return [count, types];
  }

  const WHOLE = ['stream_options', 'thread.item.replaced', 'thread.item.done'];

  test('an action takes three: its lock, thread and sender, and all that it stores', async () => {
    expect(await tripsOf(act(threadId, senderId, 'at.once'))).toEqual([3, WHOLE]);
    expect(await store.admin.listOpenRuns({ limit: 1 })).toEqual({ data: [], has_more: false });
  });

  test.each<[string, Pauses, number, number]>([
    ['not at all', {}, 3, 0],
    [
      'before its first item: one for the record of the run, which nothing but `stream_options` waits for',
      { first: true },
      4,
      0,
    ],
    ['once between items', { between: 1 }, 4, 1],
    ['three times between items', { between: 3 }, 6, 3],
    ['both', { first: true, between: 1 }, 5, 1],
  ])(
    'an action that waits for something else takes one for each turn in which it stores, and ends with its last save: %s',
    async (_, pauses, trips, messages) => {
      const types = [
        'stream_options',
        'thread.item.replaced',
        ...Array<string>(messages).fill('thread.item.done'),
      ];
      expect(await tripsOf(act(threadId, senderId, 'in.turns', pauses))).toEqual([trips, types]);
      expect(await store.admin.listOpenRuns({ limit: 1 })).toEqual({ data: [], has_more: false });
    },
  );

  test('a sync action takes two', async () => {
    const count = await roundTrips(() => chat.post(actSync(threadId, senderId, 'sync')));
    expect(count).toBe(2);
  });

  test('a message takes three, the first of a thread as well', async () => {
    expect((await tripsOf(say(threadId)))[0]).toBe(3);
    expect((await tripsOf(create()))[0]).toBe(3);
  });

  test('without a lock an action takes two', async () => {
    const beside = await serveChat({ controllers: [Items], store, threads: { concurrency: 'parallel' } });
    await beside.post(listThreads()); // it has started
    expect(await roundTrips(() => beside.post(act(threadId, senderId, 'at.once')))).toBe(2);
  });

  test('many at once share them', async () => {
    const count = await roundTrips(() =>
      Promise.all(Array.from({ length: 10 }, () => chat.post(create('Hello')))),
    );
    expect(count).toBeLessThan(30);
  });
});
