import { ChatController, OnAction, OnMessage, type ChatContext } from '../../src';
import { ChatKitClientError } from '../../src/client';
import { StartupError } from '../../src/errors';
import { createChatKit } from '../../src/app';
import { MemoryStore } from '../../src/stores';
import { ChatRunError, testChat, type TestChatOptions } from '../../src/testing';
import { RecordingLogger } from '../support/logger';
import { list, pay, refresh, selectItem, Shop, signing, starItem } from './shop';

const typesOf = (things: readonly { type: string }[]): string[] => things.map(({ type }) => type);

function shopChat(options: Partial<TestChatOptions> = {}) {
  const shop = new Shop();
  return { shop, chat: testChat({ controllers: [shop], signing, ...options }) };
}

/** An app whose handlers fail on purpose: what is logged is looked at, and not printed. */
const quiet = { logger: new RecordingLogger() };

describe('send', () => {
  it('makes a thread with the first message, and goes on in it with the next', async () => {
    const { chat } = shopChat();
    expect(() => chat.threadId).toThrow('There is no thread yet');
    const first = await chat.send('hello');
    expect(first.messages).toEqual(['test-user said hello in en.']);
    expect(typesOf(first.events)).toEqual([
      'thread.created',
      'thread.item.done',
      'stream_options',
      'thread.item.done',
      'thread.item.done',
    ]);
    const { threadId } = chat;
    const second = await chat.send('again');
    expect(chat.threadId).toBe(threadId);
    expect(second.messages).toEqual(['test-user said again in en.']);
    expect(typesOf(second.items)).toEqual([
      ...['user_message', 'assistant_message', 'widget'],
      ...['user_message', 'assistant_message', 'widget'],
    ]);
    expect(second.thread.items).toHaveLength(6);
    expect(chat.thread).toBe(second.thread);
  });

  it('takes a message in parts, and rejects what the app refuses', async () => {
    const { chat } = shopChat();
    expect((await chat.send({ content: 'parts' })).messages).toEqual(['test-user said parts in en.']);
    const refused = chat.send({ content: 'x', attachments: ['atc_none'] });
    await expect(refused).rejects.toBeInstanceOf(ChatKitClientError);
    await expect(refused).rejects.toMatchObject({ status: 404 });
  });

  it('throws what is wrong with the app at once', () => {
    expect(() => testChat({ controllers: [] })).toThrow(StartupError);
  });
});

describe('action', () => {
  it('comes from the widget that can send it, and gives all that came of it', async () => {
    const { chat } = shopChat();
    const [shown] = (await chat.send('hello')).widgets;
    const result = await chat.action(selectItem, { id: 'b' });
    expect(result.replaced).toMatchObject([{ id: shown!.id }]);
    expect(result.widgets).toMatchObject([{ id: shown!.id, widget: list('b') }]);
    expect(result.messages).toEqual(['Selected b.']);
    expect(result.effects).toMatchObject([{ name: 'selection_mode', data: { itemId: 'b' } }]);
    expect(result.hiddenContext).toMatchObject([
      { type: 'hidden_context_item', content: '<SELECTED>b</SELECTED>' },
    ]);
    expect(JSON.stringify([result.events, result.thread])).not.toContain('SELECTED');
    expect((await chat.action(selectItem, { id: 'a' })).hiddenContext).toHaveLength(1);
    expect(await chat.items()).toHaveLength(7);
  });

  it('is sent by its name, with any payload, which the app checks', async () => {
    const { chat } = shopChat();
    await chat.send('hello');
    const { error } = await chat.action('item.select', { id: 1 });
    expect(error).toMatchObject({ code: 'custom', message: expect.stringContaining('id') });
    expect((await chat.action('item.none')).error).toMatchObject({ code: 'custom' });
  });

  it('needs no message before: an empty thread is stored', async () => {
    const { chat } = shopChat();
    const result = await chat.action(refresh);
    expect(result.messages).toEqual(['Sender: none.']);
    expect(result.items).toHaveLength(1);
  });

  it('comes from a widget found by type, by title or by a function; from a given one; or from none', async () => {
    const { chat } = shopChat();
    const [ten, twenty] = (await chat.send('orders')).widgets;
    const sender = async (choice: Parameters<typeof chat.action>[2]) =>
      (await chat.action('order.refresh', undefined, choice)).messages;
    expect(await sender({ sender: { type: 'Card' } })).toEqual([`Sender: ${twenty!.id}.`]);
    expect(await sender({ sender: { title: 'Order of 10' } })).toEqual([`Sender: ${ten!.id}.`]);
    expect(await sender({ sender: ({ id }) => id === ten!.id })).toEqual([`Sender: ${ten!.id}.`]);
    expect(await sender({ sender: ten! })).toEqual([`Sender: ${ten!.id}.`]);
    expect(await sender({ sender: null })).toEqual(['Sender: none.']);
    expect(await sender({})).toEqual(['Sender: none.']);
    await expect(sender({ sender: { type: 'ListView', title: 'X' } })).rejects.toThrow(
      'The thread has no widget of the kind {"type":"ListView","title":"X"}. It has: Card “Order of 20”, Card “Order of 10”.',
    );
  });

  it('brings the signature along that its widget has for it, and none for another payload', async () => {
    const { chat } = shopChat();
    const [ten] = (await chat.send('orders')).widgets;
    const paid = await chat.action(pay, { amount: 10 });
    expect(paid.replaced).toMatchObject([{ id: ten!.id, widget: { children: [{}, { value: 'paid' }, {}] } }]);
    expect((await chat.action(pay, { amount: 1 })).error).toBeDefined();
  });
});

describe('syncAction', () => {
  it('gives the widget that was answered with, and shows it in the thread', async () => {
    const { chat } = shopChat();
    const [shown] = (await chat.send('hello')).widgets;
    const result = await chat.syncAction(starItem, { id: 'a' });
    expect(result.events).toEqual([]);
    expect(result.replaced).toMatchObject([{ id: shown!.id, widget: list('a') }]);
    expect(result.widgets).toHaveLength(1);
    expect(chat.thread.items.at(-1)).toMatchObject({ widget: list('a') });
    expect(result.items.at(-1)).toMatchObject({ widget: list('a') });
  });

  it('rejects with what its handler throws', async () => {
    const { chat } = shopChat(quiet);
    await chat.send('hello');
    await expect(chat.syncAction('item.star', { id: 'gone' })).rejects.toMatchObject({ status: 500 });
  });
});

it('sends the headers and the metadata of a call with every kind of request', async () => {
  const seen: unknown[] = [];
  @ChatController()
  class Seeing {
    @OnMessage()
    @OnAction('stream', { payload: 'unchecked' })
    see(_input: unknown, ctx: ChatContext<{ userId: string; tab: string | null }>) {
      seen.push([ctx.requestContext.tab, ctx.metadata]);
      return [];
    }

    @OnAction('sync', { sync: true, payload: 'unchecked' })
    seeSync(input: unknown, ctx: ChatContext<{ userId: string; tab: string | null }>) {
      this.see(input, ctx);
    }
  }
  const chat = testChat({
    controllers: [Seeing],
    context: (request) => ({ userId: 'ada', tab: request.headers.get('x-tab') }),
  });
  const call = { headers: { 'X-Tab': 'left' }, metadata: { depth: 2 } };
  await chat.send('hello', call);
  await chat.action('stream', {}, call);
  await chat.syncAction('sync', {}, call);
  await chat.retry(undefined, call);
  expect(seen).toEqual(Array(4).fill(['left', { depth: 2 }]));
});

describe('the other operations', () => {
  it('retry the last message, or another: what came after it goes', async () => {
    const { chat } = shopChat();
    await chat.send('one');
    await chat.send('two');
    const again = await chat.retry();
    expect(again.messages).toEqual(['test-user said two in en.']);
    expect(again.thread.items).toHaveLength(6);
    const first = await chat.retry(again.items[0]);
    expect(first.messages).toEqual(['test-user said one in en.']);
    expect(typesOf(first.thread.items)).toEqual(['user_message', 'assistant_message', 'widget']);
    expect(typesOf(first.items)).toEqual(typesOf(first.thread.items));
  });

  it('rate the newest answer, return what a client tool gave, and answer a structured input', async () => {
    const { chat, shop } = shopChat();
    await expect(chat.feedback('positive')).rejects.toThrow(/no thread|no item/);
    const { items } = await chat.send('hello');
    await chat.feedback('positive');
    await chat.feedback('negative', items[2]);
    expect(shop.feedback).toMatchObject([
      { kind: 'positive', item_ids: [items[1]!.id] },
      { kind: 'negative', item_ids: [items[2]!.id] },
    ]);
    await chat.send('tool');
    const told = await chat.toolOutput({ city: 'Graz' });
    expect(told.thread.items).toContainEqual(
      expect.objectContaining({ type: 'client_tool_call', status: 'completed', output: { city: 'Graz' } }),
    );
    expect(told.messages).toEqual(['test-user said nothing in en.']);
    await chat.send('ask');
    expect((await chat.answer({ city: ['Graz'] })).replaced).toMatchObject([{ status: 'answered' }]);
  });
});

describe('an error inside a run', () => {
  it('is in the result, with what was logged', async () => {
    const { chat } = shopChat();
    const printed = jest.spyOn(console, 'error').mockReturnValue(undefined);
    const { error, logs } = await chat.send('throw');
    expect(error).toMatchObject({ type: 'error', code: 'stream.error' });
    expect(logs).toContainEqual(
      expect.objectContaining({
        level: 'error',
        details: expect.objectContaining({ err: expect.objectContaining({ message: 'secret reason' }) }),
      }),
    );
    expect(printed).toHaveBeenCalledTimes(1);
    printed.mockRestore();
    expect((await chat.send('hello')).logs).toEqual([]);
    expect(chat.logs.length).toBeGreaterThan(0);
  });

  it('is in the result alone where a test expects it', async () => {
    const { chat } = shopChat({ printErrors: false });
    const printed = jest.spyOn(console, 'error');
    const { logs } = await chat.send('throw');
    expect(logs.some(({ level }) => level === 'error')).toBe(true);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('is thrown where a test asks for it, for all runs or for one', async () => {
    const { chat } = shopChat({ throwOnError: true });
    const refused = chat.send('refuse');
    await expect(refused).rejects.toBeInstanceOf(ChatRunError);
    await expect(refused).rejects.toMatchObject({
      message: 'The run ended with the error "custom": Not today.',
      event: { message: 'Not today.' },
      result: { messages: [] },
    });
    expect((await chat.send('refuse', { throwOnError: false })).error).toBeDefined();
    await expect(shopChat(quiet).chat.send('throw', { throwOnError: true })).rejects.toThrow(ChatRunError);
  });
});

describe('users and threads', () => {
  it('has further threads of a user, and other users, who do not see them', async () => {
    const { chat } = shopChat({ user: 'ada' });
    expect((await chat.send('hello')).messages).toEqual(['ada said hello in en.']);
    const other = chat.newThread();
    await other.send('two');
    expect(other.threadId).not.toBe(chat.threadId);
    const bob = chat.as('bob');
    expect((await bob.send('hi')).messages).toEqual(['bob said hi in en.']);
    await expect(bob.open(chat.threadId)).rejects.toMatchObject({ status: 404 });
    expect((await chat.client.threads.list()).data).toHaveLength(2);
  });

  it('opens a thread as a page that is loaded', async () => {
    const { chat } = shopChat();
    for (let count = 0; count < 10; count += 1) await chat.send('hello');
    const opened = await chat.open(chat.threadId);
    expect(opened.thread.items).toEqual(chat.thread.items);
    expect((await opened.send('more')).thread.items).toHaveLength(33);
  });

  it("leaves the app's own context and owner as they are, and gives them the headers of the user", async () => {
    const chat = testChat({
      controllers: [new Shop()],
      signing,
      context: (request) => {
        const userId = request.headers.get('authorization')?.replace('Bearer ', '');
        return userId === undefined ? null : { userId };
      },
      owner: ({ userId }: { userId: string }) => `own-${userId}`,
      headers: (user) => ({ authorization: `Bearer ${user as string}-token` }),
      user: 'ada',
      locale: 'de-AT',
    });
    expect((await chat.send('hello')).messages).toEqual(['ada-token said hello in de-AT.']);
    expect((await chat.as('bob').send('hello')).messages).toEqual(['bob-token said hello in de-AT.']);
    await expect(chat.as('bob').open(chat.threadId)).rejects.toMatchObject({ status: 404 });
  });

  it('takes an app in place of options', async () => {
    const app = createChatKit({
      controllers: [new Shop()],
      signing,
      store: new MemoryStore(),
      context: () => ({ userId: 'app' }),
      owner: 'shared',
    });
    const chat = testChat(app);
    expect((await chat.send('hello')).messages).toEqual(['app said hello in en.']);
    expect(chat.app).toBe(app);
    expect((await chat.action(selectItem, { id: 'a' })).hiddenContext).toHaveLength(1);
    await chat.close();
    await expect(chat.send('late')).rejects.toMatchObject({ status: 503 });
  });
});

it('counts ids where a test asks for it', async () => {
  const { chat } = shopChat({ ids: 'counted' });
  const { items } = await chat.send('hello');
  expect(chat.threadId).toBe('thr_1');
  expect(items.map(({ id }) => id)).toEqual(['msg_1', 'msg_2', 'wgt_1']);
});
