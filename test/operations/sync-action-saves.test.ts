import {
  ChatController,
  MemoryStore,
  OnAction,
  OnMessage,
  replace,
  widget,
  type ChatContext,
  type SyncResult,
  type WidgetItem,
} from '../../src';
import { serveChat, type TestChat } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';
import { Latch } from '../support/wait';

/*
 * A sync handler has acted when it has run, so it runs once, whatever stores its widget meanwhile: what
 * it returns is stored, and the last writer wins, as with `replace(sender, widget)`.
 */

const card = (text: string) => ({ type: 'Card', children: [{ type: 'Text', value: text }] });
const textOf = ({ widget: root }: WidgetItem): unknown => (root['children'] as { value: string }[])[0]?.value;

const HANDLERS: Record<string, (ctx: ChatContext) => SyncResult> = {
  // As it is done on servers that do not store what a sync action answers; keys in another order.
  async saves_the_same(ctx) {
    const { id, thread_id, created_at } = ctx.sender!;
    const item = { widget: card('same'), type: 'widget' as const, created_at, thread_id, id };
    await ctx.store.saveItem(item);
    return item;
  },
  async saves_and_returns_another_widget(ctx) {
    await ctx.store.saveItem({ ...ctx.sender!, widget: card('saved') });
    return card('returned');
  },
  async saves_twice_and_returns_an_item(ctx) {
    await ctx.store.saveItem({ ...ctx.sender!, widget: card('saved') });
    await ctx.store.saveItem({ ...ctx.sender!, widget: card('saved again') });
    return { ...ctx.sender!, widget: card('returned') };
  },
  async saves_and_returns_replace(ctx) {
    await ctx.store.saveItem({ ...ctx.sender!, widget: card('saved') });
    return replace(ctx.sender, card('returned'));
  },
  async saves_and_returns_a_change(ctx) {
    await ctx.store.saveItem({ ...ctx.sender!, widget: card('saved') });
    return replace(ctx.sender, (current) =>
      card(`${String(textOf({ widget: current } as WidgetItem))}, changed`),
    );
  },
};

const EXPECTED: Record<string, string> = {
  saves_the_same: 'same',
  saves_and_returns_a_change: 'saved, changed',
};

async function serve(handler: (ctx: ChatContext) => SyncResult, store = new MemoryStore() as never) {
  const calls: string[] = [];

  @ChatController()
  class Sync {
    @OnMessage()
    greet() {
      return widget(card('new'));
    }

    @OnAction('act', { sync: true, payload: 'unchecked' })
    async act(_: unknown, ctx: ChatContext) {
      calls.push(textOf(ctx.sender!) as string);
      return handler(ctx);
    }
  }
  const chat = await serveChat({ controllers: [Sync], store });
  const threadId = await chat.newThread();
  const itemId = (await stored(chat, threadId))!.id;
  return { chat, threadId, calls, act: () => chat.post(wire.actSync(threadId, itemId, 'act')) };
}

async function stored(chat: TestChat, threadId: string): Promise<WidgetItem | undefined> {
  return (await chat.items(threadId)).find((item): item is WidgetItem => item.type === 'widget');
}

describe.each([
  ['a store that answers at once', () => new MemoryStore()],
  ['a store that takes its time', () => slow(new MemoryStore())],
])('with %s', (_, newStore) => {
  test.each(Object.entries(HANDLERS))('a handler that %s runs once', async (name, handler) => {
    const { chat, threadId, calls, act } = await serve(handler, newStore() as never);
    const { status, json } = await act();
    expect([status, calls]).toEqual([200, ['new']]);
    expect(textOf(json['updated_item'] as WidgetItem)).toBe(EXPECTED[name] ?? 'returned');
    expect(await stored(chat, threadId)).toEqual(json['updated_item']);
  });
});

test('of two that overlap each runs once, and the last that ends is what is stored', async () => {
  const latches = [new Latch(), new Latch()];
  let begun = 0;
  const { chat, threadId, calls, act } = await serve(async () => {
    const turn = begun++;
    await latches[turn]!.opened;
    return card(`answer ${String(turn)}`);
  });
  const both = [act(), act()];
  latches[1]!.open();
  expect((await Promise.race(both)).status).toBe(200);
  latches[0]!.open();
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
  expect(calls).toEqual(['new', 'new']);
  expect(textOf((await stored(chat, threadId))!)).toBe('answer 0');
});

test('of two that overlap and return a function no change is lost', async () => {
  const latch = new Latch();
  const { chat, threadId, act } = await serve(async (ctx) => {
    await latch.opened;
    return replace(ctx.sender, async (current) => {
      await Promise.resolve();
      return card(`${String(textOf({ widget: current } as WidgetItem))}+`);
    });
  });
  const both = [act(), act()];
  latch.open();
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
  expect(textOf((await stored(chat, threadId))!)).toBe('new++');
});

test('a widget that is removed while its handler runs does not come back', async () => {
  const { chat, threadId, calls, act } = await serve(async (ctx) => {
    await ctx.store.deleteItem(ctx.thread.id, ctx.sender!.id);
    return card('returned');
  });
  const reply = await act();
  expect([reply.status, reply.json['error'].code, calls]).toEqual([404, 'not_found', ['new']]);
  expect(await stored(chat, threadId)).toBeUndefined();
});
