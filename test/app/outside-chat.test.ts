import {
  StartupError,
  assistantMessage,
  ChatController,
  clientEffect,
  createChatKit,
  hiddenContext,
  MemoryStore,
  OnMessage,
  progress,
  UnauthorizedError,
  widget,
  type ChatContext,
  type WidgetRoot,
} from '../../src';
import { serveChat, textOf } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';
import { Latch } from '../support/wait';

const card = { type: 'Card', count: 0, children: [] } as unknown as WidgetRoot;
const latch = new Latch();

@ChatController()
class Controller {
  @OnMessage()
  async *reply(_: unknown, ctx: ChatContext) {
    if (ctx.operation === 'threads.create') yield widget(card);
    else {
      yield progress('…');
      await latch.opened;
    }
  }
}

describe.each([
  ['at once', () => new MemoryStore()],
  ['later', () => slow(new MemoryStore())],
])('app.as with a store that answers %s', (_, newStore) => {
  async function serve() {
    const chat = await serveChat({ controllers: [Controller], store: newStore() });
    const threadId = await chat.newThread();
    return { chat, threadId, alice: chat.app.as({ userId: 'alice' }) };
  }

  test('adds items, which the page sees when it next loads', async () => {
    const { chat, threadId, alice } = await serve();
    const thread = await alice.thread(threadId);
    const added = await thread.add(assistantMessage('Your parcel has arrived.'));
    await thread.add(hiddenContext('SECRET'));
    expect(added).toMatchObject({ thread_id: threadId, id: expect.stringMatching(/^msg_/) });
    expect(textOf((await chat.items(threadId)).at(-2))).toBe('Your parcel has arrived.');
    const { json, text } = await chat.post(wire.getThread(threadId));
    expect((json['items'].data as unknown[]).at(-1)).toEqual(added);
    expect(text).not.toContain('SECRET');
  });

  test('refuses to add what stores nothing', async () => {
    const { threadId, alice } = await serve();
    const thread = await alice.thread(threadId);
    await expect(thread.add(clientEffect('x'))).rejects.toThrow(TypeError);
  });

  test('replaces a widget by what a function makes of it, and loses no change', async () => {
    const { chat, threadId, alice } = await serve();
    const thread = await alice.thread(threadId);
    const id = (await chat.items(threadId)).find(({ type }) => type === 'widget')!.id;
    const count = (current: WidgetRoot): WidgetRoot => ({
      ...current,
      count: (current as unknown as { count: number }).count + 1,
    });
    await Promise.all([thread.replace(id, count), thread.replace(id, count), thread.replace(id, count)]);
    expect((await chat.items(threadId)).find((item) => item.id === id)).toHaveProperty('widget.count', 3);
    const [message] = await chat.items(threadId);
    await expect(thread.replace(message!.id, count)).rejects.toMatchObject({ code: 'not_a_widget' });
    await expect(thread.replace('none', count)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('sets title and status, and leaves what it does not name', async () => {
    const { chat, threadId, alice } = await serve();
    const thread = await alice.thread(threadId);
    await chat.post(wire.rename(threadId, 'Given'));
    const updated = await thread.update({ status: { type: 'closed', reason: 'solved' } });
    expect(updated).toMatchObject({ title: 'Given', status: { type: 'closed', reason: 'solved' } });
    expect(thread.metadata).toMatchObject({ title: 'Given' });
    expect(await chat.thread(threadId)).toMatchObject({ title: 'Given', status: { type: 'closed' } });
  });

  test('does not find an unknown thread, nor that of another owner', async () => {
    const { chat, threadId, alice } = await serve();
    await expect(alice.thread('none')).rejects.toMatchObject({ code: 'not_found', status: 404 });
    await expect(chat.app.as({ userId: 'bob' }).thread(threadId)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('gives the store, bound to the owner', async () => {
    const { chat, threadId, alice } = await serve();
    expect((await alice.store.loadThread(threadId)).id).toBe(threadId);
    await expect(chat.app.as({ userId: 'bob' }).store.loadThread(threadId)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is nobody without an owner', async () => {
    const { chat } = await serve();
    expect(() => chat.app.as({ userId: '' })).toThrow(UnauthorizedError);
  });

  test('works while the thread has a run', async () => {
    const { chat, threadId, alice } = await serve();
    const stream = await chat.open(wire.say(threadId));
    await stream.until(({ type }) => type === 'progress_update');
    const thread = await alice.thread(threadId);
    await thread.add(assistantMessage('Meanwhile'));
    await thread.update({ title: 'Meanwhile' });
    latch.open();
    await stream.end();
    expect((await chat.thread(threadId)).title).toBe('Meanwhile');
  });
});

describe('createChatKit', () => {
  const good = { controllers: [Controller], store: new MemoryStore(), owner: 'shared' as const };

  test.each<[string, object, string]>([
    ['no store', { store: undefined }, 'there is no store'],
    ['something that is no store', { store: {} }, 'the value of `store` has no `loadThread`'],
    ['no owner', { owner: undefined }, 'whose threads'],
    ['an owner function without a context', { owner: () => 'x' }, 'no `context`'],
    [
      'credentials for any origin',
      { cors: { origins: '*', credentials: true } },
      'cannot be combined with `credentials`',
    ],
    ...[
      'shop.example',
      'https://shop.example/',
      'https://shop.example/chat',
      'https://Shop.example',
      'https://shop.example:443',
      'http://localhost:80',
      '*',
      'https://*.shop.example',
      'https://shop.example ',
      '',
    ].map((origin): [string, object, string] => [
      `an origin that no page has, ${JSON.stringify(origin)},`,
      { cors: { origins: ['https://shop.example', origin] } },
      `entries that no browser sends as an origin: ${JSON.stringify(origin)}.`,
    ]),
    ['a negative limit', { bodyLimit: -1 }, '`bodyLimit` is -1'],
    ['a limit of a body that is no number', { limits: { values: NaN } }, '`limits.values` is NaN'],
    ['a grace that is not whole', { cancelGrace: 0.5 }, '`cancelGrace` is 0.5'],
    ['a time that timers cannot take', { maxRunTime: 2 ** 31 }, '`maxRunTime` is'],
    ['a wait that is no number', { threads: { waitMs: NaN } }, '`threads.waitMs` is NaN'],
    ['a queue that is not whole', { threads: { maxWaiting: 1.5 } }, '`threads.maxWaiting` is 1.5'],
    [
      'a mode of another name',
      { mode: 'dev' },
      "`mode` is \"dev\".\n     Give 'development' or 'production'.",
    ],
    ['fields of another name', { unknownFields: 'strip' }, '`unknownFields` is "strip"'],
    ['another way to disconnect', { onDisconnect: 'stop' }, '`onDisconnect` is "stop"'],
    ['another way to wait', { threads: { concurrency: 'wait' } }, '`threads.concurrency` is "wait"'],
    ['a switch that is text', { actionsFromWidgetOnly: 'true' }, '`actionsFromWidgetOnly` is "true"'],
    ['one origin as text', { cors: { origins: 'https://shop.example' } }, '`cors.origins` is "https://'],
    ['no origins', { cors: {} }, '`cors.origins` is missing'],
    [
      'credentials that are text',
      { cors: { origins: [], credentials: 'yes' } },
      '`cors.credentials` is "yes"',
    ],
    ['a context that is none', { context: { userId: 'a' } }, '`context` is an object'],
    ['a lock that is none', { threads: { lock: {} } }, 'Give an object with acquire().'],
    ['attachments without a store', { attachmentStore: 'data' }, 'createAttachment(), deleteAttachment()'],
    ['a logger without levels', { logger: { info: () => undefined } }, '`logger` is an object'],
    ['ids that are not made', { generateId: 'uuid' }, '`generateId` is "uuid"'],
    ['a time that stands still', { now: 0 }, '`now` is 0'],
  ])('says what is wrong with %s', (_, options, message) => {
    expect(() => createChatKit({ ...good, ...options })).toThrow(message);
  });

  test.each(['logger', 'telemetry', 'generateId', 'now', 'attachmentStore', 'context', 'store'])(
    'says that something else as `%s` is wrong',
    (name) => {
      for (const value of ['x', 1, false, true]) {
        expect(() => createChatKit({ ...good, [name]: value })).toThrow(StartupError);
      }
    },
  );

  test('takes origins as browsers send them', () => {
    const origins = [
      'https://shop.example',
      'http://localhost:3000',
      'http://[::1]:8000',
      'capacitor://localhost',
      'chrome-extension://abc',
      'null',
      'https://xn--bcher-kva.example',
    ];
    expect(() => createChatKit({ ...good, cors: { origins } })).not.toThrow();
  });

  test('tells all problems at once', () => {
    const options = { ...good, store: undefined, owner: undefined, heartbeatMs: -1 };
    expect(() => createChatKit(options as never)).toThrow(/3 problem/);
  });

  test('is ready when the store is, and says when it could not be made so', async () => {
    await createChatKit(good).ready();
    const store = new MemoryStore();
    store.admin.migrate = () => {
      throw new Error('no database');
    };
    const lines: string[] = [];
    const line = (_: unknown, message: string): void => void lines.push(message);
    const logger = { debug: line, info: line, warn: line, error: line };
    await expect(createChatKit({ ...good, store, logger }).ready()).rejects.toThrow('no database');
    expect(lines).toEqual(['the store could not be started']);
  });

  test('has a shared owner for apps without users', async () => {
    const app = createChatKit(good);
    expect(app.as({}).store).toBeDefined();
    expect(app.registry()).toHaveLength(1);
  });
});
