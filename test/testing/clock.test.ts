import {
  assistantMessageStream,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  respond,
  streamWidget,
  streamWorkflow,
  widget,
  type ChatContext,
} from '../../src';
import { testChat } from '../../src/testing';
import { Card, Text } from '../../src/widgets/components';
import { order, pay, Shop, signing } from './shop';

const TIME = '2026-01-01T12:00:00.000Z';

/** Makes items in each of the ways in which they come about. */
@ChatController()
class Everything {
  @OnMessage()
  async *reply(_message: unknown, ctx: ChatContext) {
    yield assistantMessageStream(['a', 'b']);
    yield streamWidget(function* () {
      yield Card({ children: [Text({ value: 'a' })] });
      yield Card({ children: [Text({ value: 'b' })] });
    });
    yield streamWorkflow(function* () {
      yield { type: 'custom', title: 'Done' };
    });
    yield hiddenContext('hidden');
    await ctx.store.saveItem({
      id: 'own',
      thread_id: ctx.thread.id,
      created_at: ctx.store.now(),
      type: 'end_of_turn',
    });
    yield widget(order(1));
  }

  @OnAction('again')
  again() {
    return respond('again', { store: true });
  }
}

it('stands still where a test asks for it, for everything that has a time', async () => {
  const chat = testChat({ controllers: [Everything], signing, now: TIME });
  await chat.send('hello');
  await chat.action('again');
  const { items } = await chat.send('hello', { hangUpAfter: 4 });
  expect(items.length).toBeGreaterThan(14);
  expect(new Set(items.map(({ created_at }) => created_at))).toEqual(new Set([TIME]));
  expect(items.map(({ type }) => type)).toContain('sdk_hidden_context');
  expect(chat.thread.thread).toMatchObject({ created_at: TIME });
  const added = testChat({ controllers: [Everything], signing, now: new Date(TIME) });
  await added.action('none');
  expect(added.thread.thread).toMatchObject({ created_at: TIME });
});

it('makes snapshots that stay, together with counted ids', async () => {
  const outcome = async () => {
    const chat = testChat({ controllers: [Everything], signing, now: TIME, ids: 'counted' });
    const { events, items } = await chat.send('hello');
    return JSON.stringify([events, items], (key, value: unknown) =>
      key === '$signature' ? 'signed' : value,
    );
  };
  const first = await outcome();
  expect(first).toContain(TIME);
  expect(await outcome()).toBe(first);
});

it('is moved by the test: signatures expire, workflows last, threads grow old', async () => {
  let now = Date.parse(TIME);
  const chat = testChat({
    controllers: [new Shop()],
    signing: { ...signing, expiresIn: 60_000 },
    now: () => now,
  });
  await chat.send('orders');
  now += 59_000;
  expect((await chat.action(pay, { amount: 10 })).error).toBeUndefined();
  now += 2_000;
  expect((await chat.action(pay, { amount: 20 })).error).toBeDefined();
  expect(await chat.app.cleanUpThreads({ olderThanMs: 120_000 })).toBe(0);
  now += 60_000;
  expect(await chat.app.cleanUpThreads({ olderThanMs: 120_000 })).toBe(1);
});

it('counts how long a workflow takes', async () => {
  let now = 0;
  @ChatController()
  class Worker {
    @OnMessage()
    reply() {
      return streamWorkflow(function* () {
        yield { type: 'custom', title: 'Shipping' };
        now += 5_000;
      });
    }
  }
  const { items } = await testChat({ controllers: [Worker], now: () => now }).send('ship');
  expect(items[1]).toMatchObject({ workflow: { summary: { duration: 5 } } });
});
