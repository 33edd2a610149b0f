import {
  assistantMessage,
  ChatController,
  clientToolCall,
  OnAction,
  OnFeedback,
  OnMessage,
  structuredInput,
  widget,
  type ChatContext,
} from '../../src';
import type { ReleaseLock, ThreadLock } from '../../src/store';
import { InProcessThreadLock, MemoryStore } from '../../src/stores';
import { serveChat, threadIdOf, type TestChat, type TestChatOptions } from '../support/chat';
import { ADAPTERS } from '../support/adapters';
import { interfere, type StoreMethod } from '../support/failing-store';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';

const never = new Promise<never>(() => undefined);

@ChatController()
class Everything {
  @OnMessage()
  *reply(_: unknown, ctx: ChatContext) {
    if (ctx.operation !== 'threads.create') return;
    yield widget({ type: 'Card', children: [] });
    yield structuredInput([{ id: 'q', type: 'freeform', question: 'Why?' }]);
    yield clientToolCall('locate', {});
  }

  @OnAction('act', { payload: 'unchecked' })
  act() {
    return assistantMessage('Done.');
  }

  @OnAction('sync', { payload: 'unchecked', sync: true })
  sync(_: unknown, ctx: ChatContext) {
    return ctx.sender?.widget;
  }

  @OnFeedback()
  feedback(): void {
    // it is there
  }
}

/** A chat whose store does not answer calls of the armed method, and a thread with one item of each kind. */
async function setUp(options: Partial<TestChatOptions> = {}) {
  const armed: { method?: StoreMethod | undefined; reached: Latch } = { reached: new Latch() };
  const store = interfere(new MemoryStore(), ({ method }, proceed) => {
    if (method !== armed.method) return proceed();
    armed.reached.open();
    return never;
  });
  const chat = await serveChat({
    controllers: [Everything],
    store,
    maxRunTime: 150,
    cancelGrace: 20,
    ...options,
  });
  const threadId = threadIdOf(await chat.post(wire.create()));
  const items = await chat.items(threadId);
  const idOf = (wanted: string): string => items.find(({ type }) => type === wanted)!.id;
  return { chat, threadId, idOf, armed };
}

type Setting = Awaited<ReturnType<typeof setUp>>;

const STREAMING: [name: string, method: StoreMethod, request: (setting: Setting) => wire.Wire][] = [
  ['add_user_message', 'loadThread', ({ threadId }) => wire.say(threadId)],
  ['custom_action', 'loadThread', ({ threadId, idOf }) => wire.act(threadId, idOf('widget'), 'act')],
  ['custom_action', 'loadItem', ({ threadId, idOf }) => wire.act(threadId, idOf('widget'), 'act')],
  ['retry_after_item', 'loadItem', ({ threadId, idOf }) => wire.retry(threadId, idOf('user_message'))],
  ['retry_after_item', 'listItems', ({ threadId, idOf }) => wire.retry(threadId, idOf('user_message'))],
  ['add_client_tool_output', 'listItems', ({ threadId }) => wire.toolOutput(threadId, 1)],
  [
    'add_structured_input',
    'loadItem',
    ({ threadId, idOf }) =>
      wire.answer(threadId, idOf('structured_input'), { status: 'skipped', answers: {} }),
  ],
];

describe('a store that does not answer before the run begins', () => {
  test.each(STREAMING)(
    '%s, %s: at the deadline it is answered with 503, and the thread is free',
    async (_, method, request) => {
      const setting = await setUp();
      setting.armed.method = method;
      const reply = await setting.chat.post(request(setting));
      expect([reply.status, reply.json['error'].code]).toEqual([503, 'unavailable']);
      await assertFree(setting);
    },
  );

  test.each(STREAMING)('%s, %s: a client that leaves frees its thread', async (_, method, request) => {
    const setting = await setUp({ maxRunTime: 600_000 });
    setting.armed.method = method;
    const leaving = new AbortController();
    const sent = setting.chat.post(request(setting), { signal: leaving.signal }).catch(() => undefined);
    await setting.armed.reached.opened;
    leaving.abort();
    await sent;
    await assertFree(setting);
  });

  test('a request that waited for its thread is not held up for ever either', async () => {
    const go = new Latch();
    @ChatController()
    class Waiting {
      @OnMessage()
      async *reply(message: { content: { text: string }[] } | null) {
        if (message?.content[0]?.text === 'wait') await go.opened;
        yield assistantMessage('Done.');
      }
    }
    const setting = await setUp({ controllers: [Waiting], maxRunTime: 400 });
    const { chat, threadId, armed } = setting;
    const first = await chat.open(wire.say(threadId, 'wait'));
    await first.until(({ type }) => type === 'stream_options');
    const second = await chat.open(wire.say(threadId, 'second'));
    armed.method = 'loadThread';
    go.open();
    await first.end();
    expect((await second.end()).at(-1)).toMatchObject({ type: 'error', code: 'custom' });
    await assertFree(setting);
  });
});

/** The thread takes the next message, and it does not wait. */
async function assertFree({ chat, threadId, armed }: Setting): Promise<void> {
  armed.method = undefined;
  const reply = await chat.post(wire.say(threadId, 'next'));
  expect(reply.types).toContain('stream_options');
  expect(reply.types).not.toContain('error');
}

describe('a store that does not answer while the run lasts', () => {
  const methods: StoreMethod[] = ['saveItem', 'openRun', 'closeRun', 'patchThread'];
  test.each(methods)('%s: the stream ends, and the thread is free', async (method) => {
    @ChatController()
    class Titled {
      @OnMessage()
      reply(_: unknown, ctx: ChatContext): void {
        ctx.thread.title = `Title of ${ctx.requestId}`;
      }
    }
    const setting = await setUp({ controllers: [Titled] });
    setting.armed.method = method;
    await setting.chat.post(wire.say(setting.threadId));
    await assertFree(setting);
  });
});

test.each<[string, StoreMethod, (setting: Setting) => wire.Wire]>([
  ['get_by_id', 'loadThread', ({ threadId }) => wire.getThread(threadId)],
  ['get_by_id', 'listItems', ({ threadId }) => wire.getThread(threadId)],
  ['items.list', 'listItems', ({ threadId }) => wire.listItems(threadId)],
  ['threads.list', 'listThreads', () => wire.listThreads()],
  ['threads.update', 'patchThread', ({ threadId }) => wire.rename(threadId, 'New')],
  ['threads.delete', 'deleteThread', ({ threadId }) => wire.deleteThread(threadId)],
  ['feedback', 'loadItem', ({ threadId, idOf }) => wire.feedback(threadId, [idOf('widget')])],
  ['sync_custom_action', 'loadItem', ({ threadId, idOf }) => wire.actSync(threadId, idOf('widget'), 'sync')],
  ['sync_custom_action', 'saveItem', ({ threadId, idOf }) => wire.actSync(threadId, idOf('widget'), 'sync')],
])('%s is answered with 503 when %s does not answer', async (_, method, request) => {
  const setting = await setUp();
  setting.armed.method = method;
  expect((await setting.chat.post(request(setting))).status).toBe(503);
});

test('a sync handler that takes too long sees its signal aborted, and what it returns then is not stored', async () => {
  const aborted = new Latch();
  const returned = new Latch();
  @ChatController()
  class Slow extends Everything {
    @OnAction('slow', { payload: 'unchecked', sync: true })
    async slow(_: unknown, ctx: ChatContext) {
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
      aborted.open();
      setImmediate(() => returned.open());
      return { type: 'Card', children: [{ type: 'Text', value: 'late' }] };
    }
  }
  const { chat, threadId, idOf } = await setUp({ controllers: [Slow] });
  const reply = await chat.post(wire.actSync(threadId, idOf('widget'), 'slow'));
  expect(reply.status).toBe(503);
  await aborted.opened;
  await returned.opened;
  expect(JSON.stringify(await chat.items(threadId))).not.toContain('late');
});

test('a context that never comes is answered with 503', async () => {
  const chat = await serveChat({ controllers: [Everything], maxRunTime: 50, context: () => never });
  expect((await chat.post(wire.listThreads())).status).toBe(503);
});

test('a store that is never ready is answered with 503', async () => {
  const store = new MemoryStore();
  Object.assign(store.admin, { migrate: () => never });
  const chat = await serveChat({ controllers: [Everything], maxRunTime: 50, store });
  expect((await chat.post(wire.listThreads())).status).toBe(503);
});

test('a lock that comes when nobody waits for it any more is given back', async () => {
  const inner = new InProcessThreadLock();
  const late = new Latch();
  let slow = true;
  const lock: ThreadLock = {
    async acquire(key, options): Promise<ReleaseLock | null> {
      if (slow) await late.opened;
      return inner.acquire(key, options);
    },
  };
  const setting = await setUp({ threads: { lock } }).catch(() => undefined);
  expect(setting).toBeUndefined(); // its first message was answered with 503
  slow = false;
  const chat = await serveChat({ controllers: [Everything], threads: { lock }, maxRunTime: 150 });
  const threadId = threadIdOf(await chat.post(wire.create()));
  slow = true;
  expect((await chat.post(wire.say(threadId))).status).toBe(503);
  late.open();
  slow = false;
  expect((await chat.post(wire.say(threadId))).types).toContain('stream_options');
});

test.each(Object.entries(ADAPTERS))(
  'through %s a client that leaves before its run has begun ends it',
  async (_, adapter) => {
    const reached = new Latch();
    let loads = 0;
    const store = interfere(new MemoryStore(), ({ method }, proceed) => {
      if (method !== 'loadThread' || ++loads > 1) return proceed();
      reached.open();
      return never;
    });
    const chat: TestChat = await serveChat({ controllers: [Everything], store }, adapter);
    const threadId = threadIdOf(await chat.post(wire.create()));
    const leaving = new AbortController();
    const sent = chat.post(wire.say(threadId), { signal: leaving.signal }).catch(() => undefined);
    await reached.opened;
    leaving.abort();
    await sent;
    expect((await chat.post(wire.say(threadId))).types).toContain('stream_options');
  },
);

test('closing the server ends requests that hang', async () => {
  const { chat, threadId, armed } = await setUp({ maxRunTime: 600_000 });
  armed.method = 'listItems';
  const answered = chat.post(wire.listItems(threadId));
  await armed.reached.opened;
  await chat.close({ timeoutMs: 10 });
  expect((await answered).status).toBe(503);
});

test('who has stopped a run is not told that its thread is busy', async () => {
  const kept = new Latch();
  const saving = new Latch();
  @ChatController()
  class Talking {
    @OnMessage()
    async *reply(message: { content: { text: string }[] } | null) {
      yield assistantMessage('First.');
      if (message?.content[0]?.text === 'long') await never;
    }
  }
  const store = interfere(new MemoryStore(), ({ method, args }, proceed) => {
    const { type } = (args[1] ?? {}) as { type?: string };
    if (method !== 'saveItem' || type !== 'sdk_hidden_context') return proceed();
    saving.open();
    return kept.opened.then(proceed);
  });
  const chat = await serveChat({
    controllers: [Talking],
    store,
    cancelGrace: 500,
    threads: { concurrency: 'reject' },
  });
  const threadId = threadIdOf(await chat.post(wire.create()));
  const stream = await chat.open(wire.say(threadId, 'long'));
  await stream.until(({ type }) => type === 'thread.item.done');
  const busy = await chat.post(wire.say(threadId));
  expect([busy.status, busy.json['error'].code]).toEqual([409, 'thread_busy']);
  stream.leave();
  await saving.opened;
  const next = chat.post(wire.say(threadId));
  kept.open();
  expect((await next).types).toContain('thread.item.done');
  await until(async () => (await chat.items(threadId)).length > 0);
});
