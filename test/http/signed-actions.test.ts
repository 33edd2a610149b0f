import { IsNumber, IsOptional, IsString } from 'class-validator';
import { z } from 'zod';
import {
  added,
  assistantMessage,
  assistantMessageFilter,
  ChatController,
  defineAction,
  done,
  MemoryStore,
  OnAction,
  OnMessage,
  progress,
  replace,
  streamWidget,
  updated,
  widget,
  type ActionConfig,
  type ChatContext,
  type ThreadItem,
  type UserMessageItem,
  type WidgetItem,
  type WidgetRoot,
} from '../../src';
import { SqliteStore } from '../../src/stores/sqlite';
import { widgetActions } from '../../src/widgets';
import { serveChat, textOf, threadIdOf, type TestChat, type TestChatOptions } from '../support/chat';
import { ADAPTERS, type Adapter } from '../support/adapters';
import * as wire from '../support/requests';

const signing = { keys: ['a key of the tests, 32 bytes or more'] };

class Order {
  @IsString() id!: string;
  @IsNumber() price!: number;
  @IsOptional() @IsString() note?: string;
}

const confirm = defineAction('order.confirm', Order);
const rename = defineAction('order.rename', z.object({ id: z.string() }), { sync: true });
const sign = ['id', 'price'] as const;

const card = (...configs: ActionConfig[]): WidgetRoot => ({
  type: 'Card',
  children: [
    { type: 'Text', id: 'title', value: 'Sure?' },
    ...configs.map((onClickAction) => ({ type: 'Button', onClickAction })),
  ],
});
const order = (price = 12): ActionConfig => confirm({ id: 'o1', price }, { sign });
const draft = (price?: number) => ({ type: 'widget' as const, widget: card(order(price)) });

/** What the handlers got. */
const seen: { payload: unknown; signed: readonly string[] | null; raw: unknown }[] = [];
beforeEach(() => seen.splice(0));

const note = (payload: unknown, ctx: ChatContext): void => {
  seen.push({ payload, signed: ctx.signed, raw: ctx.action?.payload });
};

@ChatController()
class Controller {
  @OnMessage()
  async *reply(message: UserMessageItem | null, ctx: ChatContext) {
    switch (textOf(message!)) {
      case 'states':
        yield streamWidget(() => [card(order(1)), { ...card(order(1)), title: 'x' }, card(order(2))]);
        break;
      case 'texts': {
        const text = (value: string): WidgetRoot => ({
          type: 'Card',
          children: [
            { type: 'Text', id: 't', value },
            { type: 'Button', onClickAction: order() },
          ],
        });
        yield streamWidget(() => [text('a'), text('ab'), text('abc')]);
        break;
      }
      case 'by hand': {
        const head = { id: 'wgt_1', thread_id: ctx.thread.id, created_at: '2026-01-01T00:00:00Z' };
        yield added({ ...head, ...draft(1) });
        yield updated('wgt_1', { type: 'widget.root.updated', widget: card(order(2)) });
        yield updated('wgt_1', {
          type: 'widget.component.updated',
          component_id: 'b',
          component: { type: 'Button', id: 'b', onClickAction: order(3) },
        });
        yield done({ ...head, ...draft(4) });
        break;
      }
      case 'own save': {
        const item = {
          id: 'wgt_1',
          thread_id: ctx.thread.id,
          created_at: '2026-01-01T00:00:00Z',
          ...draft(),
        };
        await ctx.store.saveItem(item);
        break;
      }
      case 'expiring':
        yield widget(card(confirm({ id: 'o1', price: 12 }, { sign, expiresIn: 60_000 })));
        break;
      case 'partly':
        yield widget(card(confirm({ id: 'o1', price: 12 }, { sign: ['id'] })));
        break;
      case 'sync':
        yield widget(card(rename({ id: 'o1' }, { sign: ['id'] })));
        break;
      case 'unsigned':
        yield widget(card(confirm({ id: 'o1', price: 12 })));
        break;
      default:
        yield widget(card(order()));
    }
  }

  @OnAction(confirm, { signed: true })
  confirm(payload: Order, ctx: ChatContext) {
    note(payload, ctx);
    return assistantMessage('Confirmed.');
  }

  @OnAction('strict', { signed: ['id', 'price'], payload: Order })
  strict(payload: Order, ctx: ChatContext) {
    note(payload, ctx);
  }

  @OnAction('free', { payload: 'unchecked' })
  free(payload: unknown, ctx: ChatContext) {
    note(payload, ctx);
  }

  @OnAction('again', { payload: 'unchecked' })
  again(_: unknown, ctx: ChatContext) {
    return replace(ctx.sender, card(order(20)));
  }

  @OnAction('keep', { payload: 'unchecked' })
  keep(_: unknown, ctx: ChatContext) {
    return replace(ctx.sender, (current) => ({ ...current, title: 'Kept' }));
  }

  @OnAction('change', { payload: 'unchecked' })
  change(_: unknown, ctx: ChatContext) {
    return replace(ctx.sender, () => card(order(30)));
  }

  @OnAction(rename, { signed: true })
  rename(payload: { id: string }, ctx: ChatContext) {
    note(payload, ctx);
    return card(rename({ id: 'o2' }, { sign: ['id'] }));
  }

  @OnAction('rename.self', { sync: true, payload: 'unchecked' })
  async renameSelf(_: unknown, ctx: ChatContext) {
    note(undefined, ctx);
    const root = card(rename({ id: 'o3' }, { sign: ['id'], expiresIn: 1000 }));
    await ctx.store.saveItem({ ...ctx.sender!, widget: root });
    await new Promise((resolve) => setTimeout(resolve, 5)); // signed again, it expires later
    return root;
  }
}

async function serve(options: Partial<TestChatOptions> = {}, adapter?: Adapter): Promise<TestChat> {
  return serveChat({ controllers: [Controller], signing, ...options }, adapter);
}

function widgetOf(items: ThreadItem[]): WidgetItem {
  return items.findLast((item): item is WidgetItem => item.type === 'widget')!;
}

/** Makes a thread with a widget, and returns where and what its button sends. */
async function button(chat: TestChat, text = 'button') {
  const reply = await chat.post(wire.create(text));
  const threadId = threadIdOf(reply);
  const item = widgetOf(await chat.items(threadId));
  return { reply, threadId, item, ...click(item) };
}

function click({ widget: root }: { widget: WidgetRoot }) {
  const { type, payload } = widgetActions(root)[0]!.config;
  return { type, payload: payload as Record<string, unknown> };
}

const accepted = 'Confirmed.';
const answered = (events: { type: string }[]) =>
  events
    .map((event) => {
      if (event.type === 'error') return (event as { message?: string }).message;
      return event.type === 'thread.item.done'
        ? textOf((event as unknown as { item: ThreadItem }).item)
        : undefined;
    })
    .filter((text) => text !== undefined);

const stores: [string, () => MemoryStore | SqliteStore][] = [
  ['MemoryStore', () => new MemoryStore()],
  ['SqliteStore', () => new SqliteStore(':memory:')],
];

describe.each(Object.entries(ADAPTERS))('through %s', (_, adapter) => {
  test('a signed button works once it has been through store and wire, and a forged one does not', async () => {
    const chat = await serve({}, adapter);
    const { threadId, item, type, payload } = await button(chat);
    const good = await chat.post(wire.act(threadId, item.id, type, { ...payload, note: 'quick' }));
    expect(answered(good.events)).toEqual([accepted]);
    expect(seen).toEqual([
      {
        payload: Object.assign(new Order(), { id: 'o1', price: 12, note: 'quick' }),
        signed: ['id', 'price'],
        raw: { id: 'o1', price: 12, note: 'quick' },
      },
    ]);
    const bad = await chat.post(wire.act(threadId, item.id, type, { ...payload, price: 1 }));
    expect(bad.status).toBe(200);
    expect(bad.types).toEqual(['stream_options', 'error']);
    expect(bad.events[1]).toMatchObject({ code: 'custom', allow_retry: false });
    expect(seen).toHaveLength(1);
  });

  test('a sync action that is forged is answered with 403', async () => {
    const chat = await serve({}, adapter);
    const { threadId, item, type, payload } = await button(chat, 'sync');
    const forged = await chat.post(wire.actSync(threadId, item.id, type, { ...payload, id: 'o9' }));
    expect(forged.status).toBe(403);
    expect(forged.json['error']).toMatchObject({ code: 'signature_invalid' });
    const unsigned = await chat.post(wire.actSync(threadId, item.id, type, { id: 'o1' }));
    expect(unsigned.json['error']).toMatchObject({ code: 'signature_missing' });
    expect(seen).toEqual([]);
    const good = await chat.post(wire.actSync(threadId, item.id, type, payload));
    expect(good.status).toBe(200);
    // The widget that it answers with is signed for its place too.
    const next = click(good.json['updated_item'] as WidgetItem);
    expect((await chat.post(wire.actSync(threadId, item.id, next.type, next.payload))).status).toBe(200);
    expect(seen.map(({ raw }) => raw)).toEqual([{ id: 'o1' }, { id: 'o2' }]);
  });
});

describe.each(stores)('with %s', (_, newStore) => {
  test('what is replayed elsewhere is refused', async () => {
    const chat = await serve({ store: newStore() });
    const here = await button(chat);
    const there = await button(chat);
    const { type, payload } = here;
    const places: [string, string | undefined, string?][] = [
      [there.threadId, there.item.id],
      [here.threadId, undefined],
    ];
    for (const [threadId, itemId] of places) {
      const { events } = await chat.post(wire.act(threadId, itemId, type, payload));
      expect(answered(events)).toEqual(['This button is not valid here.']);
    }
    const { events } = await chat.post(wire.act(here.threadId, here.item.id, 'strict', payload));
    expect(answered(events)).toEqual(['This button is not valid here.']);
    expect(seen).toEqual([]);
    // Nobody else gets as far as that.
    const bob = await chat.post(wire.act(here.threadId, here.item.id, type, payload), { user: 'bob' });
    expect(bob.status).toBe(404);
  });

  test.each<[string, (payload: Record<string, unknown>) => unknown, string]>([
    ['without a signature', (payload) => ({ ...payload, $signature: undefined }), 'signature_missing'],
    ['without a payload', () => undefined, 'signature_missing'],
    ['with a signed field altered', (payload) => ({ ...payload, id: 'o2' }), 'signature_invalid'],
    ['with a signed field removed', (payload) => ({ ...payload, id: undefined }), 'signature_invalid'],
    ['with another signature', (payload) => ({ ...payload, $signature: 'v1.a.b.c' }), 'signature_invalid'],
    [
      'with a signature that is no text',
      (payload) => ({ ...payload, $signature: { a: 1 } }),
      'signature_invalid',
    ],
  ])('an action %s is refused, and logged without its payload', async (_, change, code) => {
    const chat = await serve({ store: newStore() });
    const { threadId, item, type, payload } = await button(chat);
    const { text } = await chat.post(wire.act(threadId, item.id, type, change(payload)));
    expect(text).not.toContain('o1');
    expect(seen).toEqual([]);
    const [line, ...others] = chat.logger.lines.filter(({ level }) => level !== 'debug');
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      level: 'warn',
      message: 'an action was refused',
      details: { action: type, threadId, itemId: item.id, code, requestId: expect.any(String) },
    });
    expect(JSON.stringify(line)).not.toMatch(/o1|o2|signature":/);
  });

  test('a widget is signed by whichever road it leaves', async () => {
    const chat = await serve({ store: newStore() });
    const { threadId, item } = await button(chat);
    const press = async ({ type, payload }: ReturnType<typeof click>) =>
      answered((await chat.post(wire.act(threadId, item.id, type, payload))).events);
    const current = async () => click(widgetOf(await chat.items(threadId)));

    for (const [action, price] of [
      ['again', 20],
      ['change', 30],
      ['keep', 30],
    ] as const) {
      const { events } = await chat.post(wire.act(threadId, item.id, action));
      const sent = events.find(({ type }) => type === 'thread.item.replaced') as unknown as {
        item: WidgetItem;
      };
      expect(click(sent.item)).toEqual(await current());
      expect((await current()).payload).toMatchObject({ price });
      expect(await press(await current())).toEqual([accepted]);
    }

    const outside = await chat.app.as({ userId: 'alice' }).thread(threadId);
    await outside.replace(item.id, () => card(order(40)));
    expect((await current()).payload).toMatchObject({ price: 40 });
    expect(await press(await current())).toEqual([accepted]);

    const extra = (await outside.add(widget(card(order(50))))) as WidgetItem;
    const { type, payload } = click(extra);
    const posted = await chat.post(wire.act(threadId, extra.id, type, payload));
    expect(answered(posted.events)).toEqual([accepted]);
  });

  test.each(['by hand', 'own save'])('a widget is signed that is sent or stored %s', async (text) => {
    const chat = await serve({ store: newStore() });
    const { threadId, item, type, payload, reply } = await button(chat, text);
    const events = [...reply.events] as unknown as {
      type: string;
      item?: WidgetItem;
      update?: Record<string, WidgetRoot>;
    }[];
    const roots = events.flatMap(({ item: sent, update }) =>
      [sent?.widget, update?.['widget'], update?.['component']].filter((root) => root !== undefined),
    );
    expect(roots).toHaveLength(text === 'by hand' ? 4 : 0);
    for (const clicked of [...roots.map((root) => click({ widget: root })), { type, payload }]) {
      const { events: answer } = await chat.post(wire.act(threadId, item.id, type, clicked.payload));
      expect(answered(answer)).toEqual([accepted]);
    }
  });
});

describe('a widget that is streamed', () => {
  test('is sent whole only for what really changed, and stored signed', async () => {
    const chat = await serve();
    const { reply, threadId, item, type, payload } = await button(chat, 'texts');
    expect(reply.types.slice(3)).toEqual([
      'thread.item.added',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.done',
    ]);
    const updates = reply.events.flatMap((event) =>
      event.type === 'thread.item.updated' ? [event.update] : [],
    );
    expect(updates.map((update) => update.type)).toEqual([
      'widget.streaming_text.value_delta',
      'widget.streaming_text.value_delta',
    ]);
    expect(answered((await chat.post(wire.act(threadId, item.id, type, payload))).events)).toEqual([
      accepted,
    ]);
  });

  test('has a good button in each of its states', async () => {
    const chat = await serve();
    const { reply, threadId, item } = await button(chat, 'states');
    const roots = reply.events.flatMap((event) => {
      if (event.type === 'thread.item.added') return [(event.item as WidgetItem).widget];
      return event.type === 'thread.item.updated' && event.update.type === 'widget.root.updated'
        ? [event.update.widget]
        : [];
    });
    expect(roots).toHaveLength(3);
    for (const root of roots) {
      const { type, payload } = click({ widget: root });
      expect(answered((await chat.post(wire.act(threadId, item.id, type, payload))).events)).toEqual([
        accepted,
      ]);
    }
  });
});

describe('a handler', () => {
  test('that asks for no signature gets the payload without one, if the one that is there is good', async () => {
    const chat = await serve();
    const { threadId, item, payload } = await button(chat);
    await chat.post(wire.act(threadId, item.id, 'free', { id: 1 }));
    const { events } = await chat.post(wire.act(threadId, item.id, 'free', payload));
    expect(answered(events)).toEqual(['This button is not valid here.']); // it was signed for another action
    expect(seen).toEqual([{ payload: { id: 1 }, signed: null, raw: { id: 1 } }]);
  });

  test('that names fields refuses an action that does not sign all of them', async () => {
    @ChatController()
    class Strict {
      @OnAction(confirm, { signed: ['id', 'price'] })
      confirm() {
        return assistantMessage(accepted);
      }
      @OnMessage()
      reply(message: UserMessageItem | null, ctx: ChatContext) {
        return new Controller().reply(message, ctx);
      }
    }
    const chat = await serve({ controllers: [Strict] });
    for (const [text, expected] of [
      ['button', accepted],
      ['partly', 'This action is accepted from signed buttons only.'],
    ] as const) {
      const { threadId, item, type, payload } = await button(chat, text);
      const { events } = await chat.post(wire.act(threadId, item.id, type, payload));
      expect(answered(events)).toEqual([expected]);
    }
    expect(chat.logger.lines.at(-1)?.details).toMatchObject({ reason: 'its signature does not cover price' });
  });

  test("answers a refusal through the application's filters", async () => {
    const chat = await serve({ filters: [assistantMessageFilter] });
    const { threadId, item, type } = await button(chat);
    const { events } = await chat.post(wire.act(threadId, item.id, type, { id: 'o1', price: 1 }));
    expect(answered(events)).toEqual(['Permission denied.']);
  });

  test('that stores its widget itself is no rival of itself', async () => {
    const chat = await serve();
    const { threadId, item } = await button(chat, 'sync');
    const { status } = await chat.post(wire.actSync(threadId, item.id, 'rename.self'));
    expect(status).toBe(200);
    expect(seen).toHaveLength(1);
  });
});

describe('keys', () => {
  const withKeys = (store: MemoryStore, keys: string[]) => serve({ store, signing: { keys } });
  const [old, fresh] = ['old '.repeat(8), 'new '.repeat(8)];

  test('rotate while old buttons are about', async () => {
    const store = new MemoryStore();
    const { threadId, item, type, payload } = await button(await withKeys(store, [old]));
    const press = async (chat: TestChat) =>
      answered((await chat.post(wire.act(threadId, item.id, type, payload))).events);
    expect(await press(await withKeys(store, [fresh, old]))).toEqual([accepted]);
    expect(await press(await withKeys(store, [fresh]))).toEqual(['This button is not valid here.']);
  });

  test('are needed in development by a widget that is to be signed', async () => {
    @ChatController()
    class Keyless {
      @OnMessage()
      async *reply() {
        yield progress('…');
        yield widget(card(order()));
      }
    }
    const options = { controllers: [Keyless], signing: undefined } as unknown as TestChatOptions;
    const chat = await serve(options);
    const { events } = await chat.post(wire.create());
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'stream.error' });
    expect(chat.logger.messages('error')).toEqual([
      'The action "order.confirm" must be signed, but there are no keys. ' +
        'Give the app the option signing: { keys: […] }.',
    ]);
    // In production nothing looks: no handler there can ask for a signature.
    const live = await (await serve({ ...options, mode: 'production' })).post(wire.create());
    expect(live.types).toContain('thread.item.done');
    expect(live.text).not.toContain('$signature');
  });
});

describe('a signature', () => {
  afterEach(() => jest.restoreAllMocks());

  test('expires', async () => {
    const chat = await serve();
    const { threadId, item, type, payload } = await button(chat, 'expiring');
    const press = async () => answered((await chat.post(wire.act(threadId, item.id, type, payload))).events);
    expect(await press()).toEqual([accepted]);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 60_001);
    expect(await press()).toEqual(['This button has expired.']);
    expect(chat.logger.lines.at(-1)?.details).toMatchObject({ code: 'signature_expired' });
  });

  test('lasts for ever unless the application says how long', async () => {
    const chat = await serve();
    const { threadId, item, type, payload } = await button(chat);
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2099-01-01'));
    expect(answered((await chat.post(wire.act(threadId, item.id, type, payload))).events)).toEqual([
      accepted,
    ]);
  });
});
