import {
  assistantMessage,
  ChatController,
  OnAction,
  OnMessage,
  progress,
  widget,
  type ChatContext,
  type ThreadLock,
  type UserMessageItem,
} from '../../src';
import { MemoryStore } from '../../src/stores';
import { serveChat, textOf, threadIdOf, type TestChat, type TestChatOptions } from '../support/chat';
import type { Sending } from '../support/client';
import { ADAPTERS } from '../support/adapters';
import { interfere } from '../support/failing-store';
import { PersistentStore } from '../support/persistent-store';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { Latch, pause, until } from '../support/wait';

/** A chat whose handler waits for the test when it is asked to. */
async function serve(options: Omit<TestChatOptions, 'controllers'> = {}, adapter = ADAPTERS['node:http']) {
  const latch = new Latch();
  const log: string[] = [];
  @ChatController()
  class Waiting {
    @OnMessage()
    async *reply(message: UserMessageItem | null, ctx: ChatContext) {
      const text = textOf(message ?? undefined);
      log.push(`${text} begins`);
      ctx.signal.addEventListener('abort', () => log.push(`${text} aborted`));
      if (text === 'Start') yield widget({ type: 'Card', children: [] });
      yield assistantMessage(`half of ${text}`);
      if (text === 'wait') await latch.opened;
      yield assistantMessage(`rest of ${text}`);
      log.push(`${text} ends`);
    }

    @OnAction('star', { sync: true, payload: 'unchecked' })
    star(_: unknown, ctx: ChatContext) {
      return { ...ctx.sender!.widget, starred: true } as never;
    }
  }
  const chat = await serveChat({ controllers: [Waiting], cancelGrace: 200, ...options }, adapter);
  const threadId = await chat.newThread();
  log.length = 0;
  return { chat, threadId, latch, log };
}

/** Starts a run that waits for the latch. */
async function busy(chat: TestChat, threadId: string) {
  const first = await chat.open(wire.say(threadId, 'wait'));
  await first.until((event) => event.type === 'thread.item.done' && textOf(event.item) === 'half of wait');
  return first;
}

describe.each(Object.entries(ADAPTERS))('through %s', (_, adapter) => {
  test('a second message waits for the first with its headers out, then runs', async () => {
    const { chat, threadId, latch, log } = await serve({ heartbeatMs: 20 }, adapter);
    const first = await busy(chat, threadId);
    const second = await chat.open(wire.say(threadId, 'next'));
    expect(second.response.status).toBe(200);
    await second.untilComments(2);
    expect(second.events).toEqual([]);
    latch.open();
    await Promise.all([first.end(), second.end()]);
    expect(second.types).toEqual([
      'thread.item.done',
      'stream_options',
      'thread.item.done',
      'thread.item.done',
    ]);
    expect(log).toEqual(['wait begins', 'wait ends', 'next begins', 'next ends']);
    expect((await chat.items(threadId)).map(textOf).slice(-6)).toEqual([
      'wait',
      'half of wait',
      'rest of wait',
      'next',
      'half of next',
      'rest of next',
    ]);
  });

  test('with reject a second message is refused, and the first goes on', async () => {
    const { chat, threadId, latch } = await serve({ threads: { concurrency: 'reject' } }, adapter);
    const first = await busy(chat, threadId);
    const second = await chat.post(wire.say(threadId, 'next'));
    expect([second.status, second.json['error'].code]).toEqual([409, 'thread_busy']);
    latch.open();
    expect((await first.end()).at(-1)).toHaveProperty('type', 'thread.item.done');
    expect((await chat.items(threadId)).map(textOf)).not.toContain('next');
    expect((await chat.post(wire.say(threadId, 'next'))).status).toBe(200);
  });
});

test('with reject a problem of the request comes before the lock', async () => {
  const { chat, threadId } = await serve({ threads: { concurrency: 'reject' } });
  await busy(chat, threadId);
  expect((await chat.post(wire.retry(threadId, 'none'))).status).toBe(404);
});

test('with queue a problem of the request is answered at once, however busy the thread', async () => {
  const { chat, threadId } = await serve();
  await busy(chat, threadId);
  expect((await chat.post(wire.retry(threadId, 'none'))).status).toBe(404);
});

test('one that waits too long is told so, with nothing stored', async () => {
  const { chat, threadId, latch } = await serve({ threads: { waitMs: 50 } });
  const first = await busy(chat, threadId);
  const second = await chat.post(wire.say(threadId, 'next'));
  expect(second.status).toBe(200);
  expect(second.events).toEqual([
    {
      type: 'error',
      code: 'custom',
      message: 'This thread is still busy with another request. Try again in a moment.',
      allow_retry: true,
    },
  ]);
  latch.open();
  await first.end();
  expect((await chat.items(threadId)).map(textOf)).not.toContain('next');
});

describe('of those who wait', () => {
  const refusal = { status: 409, code: 'thread_busy' };
  const answerTo = async (chat: TestChat, body: wire.Wire, sending?: Sending) => {
    const { status, json } = await chat.post(body, sending);
    return { status, code: json['error'].code as string };
  };

  test.each(Object.entries(ADAPTERS))('through %s one too many is refused at once', async (_, adapter) => {
    const { chat, threadId, latch, log } = await serve({ threads: { maxWaiting: 2 } }, adapter);
    const first = await busy(chat, threadId);
    const waiting = [await chat.open(wire.say(threadId, 'a')), await chat.open(wire.say(threadId, 'b'))];
    for (const request of [
      wire.say(threadId, 'c'),
      wire.act(threadId, undefined, 'none'),
      wire.toolOutput(threadId, 1),
    ]) {
      expect(await answerTo(chat, request)).toEqual(refusal);
    }
    latch.open();
    await Promise.all([first, ...waiting].map((stream) => stream.end()));
    expect(log.filter((line) => line.endsWith('ends'))).toEqual(['wait ends', 'a ends', 'b ends']);
    expect((await chat.items(threadId)).map(textOf)).not.toContain('c');
    expect((await chat.post(wire.say(threadId, 'c'))).status).toBe(200);
  });

  test('there are sixteen by default', async () => {
    const { chat, threadId, latch } = await serve();
    const first = await busy(chat, threadId);
    const waiting = [];
    for (let index = 0; index < 16; index += 1) waiting.push(await chat.open(wire.say(threadId, 'x')));
    expect(await answerTo(chat, wire.say(threadId, 'x'))).toEqual(refusal);
    latch.open();
    await Promise.all([first, ...waiting].map((stream) => stream.end()));
  });

  test('there may be none', async () => {
    const { chat, threadId } = await serve({ threads: { maxWaiting: 0 } });
    await busy(chat, threadId);
    expect(await answerTo(chat, wire.say(threadId))).toEqual(refusal);
  });

  test('each thread has its own, and each owner', async () => {
    const { chat, threadId } = await serve({ threads: { maxWaiting: 1 } });
    await busy(chat, threadId);
    await chat.open(wire.say(threadId, 'a'));
    expect(await answerTo(chat, wire.say(threadId, 'b'))).toEqual(refusal);
    const other = await chat.newThread();
    await busy(chat, other);
    expect((await chat.open(wire.say(other, 'a'))).response.status).toBe(200);
    expect(await answerTo(chat, wire.say(threadId), { user: 'bob' })).toMatchObject({ status: 404 });
  });

  test.each<[string, (place: { chat: TestChat; threadId: string }) => Promise<unknown>]>([
    [
      'one that leaves',
      async ({ chat, threadId }) => {
        const waiting = await chat.open(wire.say(threadId, 'a'));
        expect(await answerTo(chat, wire.say(threadId))).toEqual(refusal);
        waiting.leave();
      },
    ],
    ['one whose time is up', async ({ chat, threadId }) => chat.post(wire.say(threadId, 'a'))],
    [
      'one that is not in order',
      async ({ chat, threadId }) => expect((await chat.post(wire.retry(threadId, 'none'))).status).toBe(404),
    ],
  ])('%s gives its place to the next', async (_, take) => {
    const { chat, threadId } = await serve({ threads: { maxWaiting: 1, waitMs: 300 } });
    await busy(chat, threadId);
    for (let round = 0; round < 3; round += 1) await take({ chat, threadId });
    await until(async () => {
      const next = await chat.open(wire.say(threadId, 'next'));
      next.leave();
      return next.response.status === 200;
    }, 'a place');
  });
});

test('with parallel runs go side by side', async () => {
  const { chat, threadId, latch, log } = await serve({ threads: { concurrency: 'parallel' } });
  const first = await busy(chat, threadId);
  await chat.post(wire.say(threadId, 'next'));
  latch.open();
  await first.end();
  expect(log).toEqual(['wait begins', 'next begins', 'next ends', 'wait ends']);
});

test('those who wait come in order of arrival', async () => {
  const { chat, threadId, latch, log } = await serve();
  const first = await busy(chat, threadId);
  const others = [];
  for (const text of ['a', 'b', 'c', 'd']) others.push(await chat.open(wire.say(threadId, text)));
  latch.open();
  await Promise.all([first, ...others].map((stream) => stream.end()));
  expect(log.filter((line) => line.endsWith('begins'))).toEqual(
    ['wait', 'a', 'b', 'c', 'd'].map((text) => `${text} begins`),
  );
});

test('one that leaves while it waits is forgotten', async () => {
  const { chat, threadId, latch, log } = await serve();
  const first = await busy(chat, threadId);
  const second = await chat.open(wire.say(threadId, 'next'));
  second.leave();
  await pause(30);
  latch.open();
  await first.end();
  await pause(30);
  expect(log.join()).not.toContain('next');
  expect((await chat.items(threadId)).map(textOf)).not.toContain('next');
  expect(chat.logger.messages('error')).toEqual([]);
});

test('with finish, what waits is done although its client has left', async () => {
  const { chat, threadId, latch, log } = await serve({ onDisconnect: 'finish' });
  const first = await busy(chat, threadId);
  const second = await chat.open(wire.say(threadId, 'next'));
  second.leave();
  await pause(30);
  latch.open();
  await first.end();
  await until(() => log.includes('next ends'));
  expect((await chat.items(threadId)).map(textOf)).toContain('next');
});

test('a thread that was changed while a request waited is looked at again', async () => {
  const { chat, threadId, latch } = await serve();
  const first = await busy(chat, threadId);
  const [asked] = await chat.items(threadId);
  const second = await chat.open(wire.retry(threadId, asked!.id));
  await chat.store.deleteItem(
    { owner: 'alice', requestContext: {}, signal: new AbortController().signal },
    threadId,
    asked!.id,
  );
  latch.open();
  await first.end();
  expect(await second.end()).toEqual([
    expect.objectContaining({ type: 'error', message: `Item "${asked!.id}" was not found.` }),
  ]);
});

test('sync actions, names, lists and feedback never wait', async () => {
  const { chat, threadId, latch } = await serve();
  const items = await chat.items(threadId);
  const star = items.find(({ type }) => type === 'widget')!.id;
  const first = await busy(chat, threadId);
  for (const request of [
    wire.actSync(threadId, star, 'star'),
    wire.rename(threadId, 'Renamed meanwhile'),
    wire.getThread(threadId),
    wire.listThreads(),
    wire.listItems(threadId),
    wire.feedback(threadId, [star]),
  ]) {
    expect([request.type, (await chat.post(request)).status]).toEqual([request.type, 200]);
  }
  latch.open();
  await first.end();
  expect((await chat.thread(threadId)).title).toBe('Renamed meanwhile');
});

test('a name given during a run survives what the run changes, and the page hears of it', async () => {
  const latch = new Latch();
  @ChatController()
  class Changing {
    @OnMessage()
    async *reply(_: unknown, ctx: ChatContext) {
      yield progress('…');
      await latch.opened;
      ctx.thread.metadata['tokens'] = 7;
      ctx.thread.status = { type: 'locked', reason: 'full' };
    }
  }
  const chat = await serveChat({ controllers: [Changing] });
  const stream = await chat.open(wire.create());
  await stream.until(({ type }) => type === 'progress_update');
  const id = threadIdOf(stream);
  await chat.post(wire.rename(id, 'Given meanwhile'));
  latch.open();
  const events = await stream.end();
  expect(events.at(-1)).toMatchObject({
    type: 'thread.updated',
    thread: { title: 'Given meanwhile', status: { type: 'locked', reason: 'full' }, metadata: {} },
  });
  expect(await chat.thread(id)).toMatchObject({ title: 'Given meanwhile', metadata: { tokens: 7 } });
});

test('deleting a thread cancels its run, and those who wait find nothing', async () => {
  const { chat, threadId, log } = await serve();
  const first = await busy(chat, threadId);
  const waiting = await chat.open(wire.say(threadId, 'next'));
  expect((await chat.post(wire.deleteThread(threadId))).status).toBe(200);
  expect((await first.end()).at(-1)).toMatchObject({ type: 'error', message: 'The thread was deleted.' });
  expect((await waiting.end()).at(-1)).toMatchObject({ type: 'error' });
  expect(log).toEqual(['wait begins', 'wait aborted']);
  expect((await chat.post(wire.getThread(threadId))).status).toBe(404);
  expect((await chat.post(wire.listThreads())).json['data']).toEqual([]);
});

test('the threads of two owners never wait for each other, and neither do two threads of one', async () => {
  const { chat, threadId } = await serve();
  await busy(chat, threadId);
  expect((await chat.post(wire.say(await chat.newThread(), 'next'))).status).toBe(200);
  expect((await chat.post(wire.say(threadId, 'next'), { user: 'bob' })).status).toBe(404);
});

test('a lock that fails is a 500, or an error in the stream that waits', async () => {
  let calls = 0;
  const lock: ThreadLock = {
    acquire: (_, { waitMs }) => {
      calls += 1;
      if (calls === 1) return () => undefined;
      if (calls === 2 || waitMs > 0) throw new Error('SECRET');
      return null;
    },
  };
  const { chat, threadId } = await serve({ threads: { lock } });
  const failed = await chat.post(wire.say(threadId));
  expect([failed.status, failed.text.includes('SECRET')]).toEqual([500, false]);
  const waiting = await chat.post(wire.say(threadId));
  expect(waiting.events).toEqual([{ type: 'error', code: 'stream.error', allow_retry: true }]);
});

test('a run that cannot be prepared when its turn has come gives its lock back', async () => {
  let broken = false;
  const store = interfere(new MemoryStore(), ({ method }, proceed) => {
    if (broken && method === 'loadThread') throw new Error('SECRET');
    return proceed();
  });
  const { chat, threadId, latch } = await serve({ store });
  const first = await busy(chat, threadId);
  const second = await chat.open(wire.say(threadId, 'next'));
  broken = true;
  latch.open();
  expect(await second.end()).toEqual([{ type: 'error', code: 'stream.error', allow_retry: true }]);
  await first.end();
  broken = false;
  expect((await chat.post(wire.say(threadId, 'next'))).types).toHaveLength(4);
});

test('a run whose id could not be made gives its lock back', async () => {
  let broken = false;
  const { chat, threadId } = await serve({
    store: new PersistentStore(), // it wants a record of each run, which has the id
    generateId: (kind) => {
      if (broken && kind === 'run') throw new Error('SECRET');
      return `${kind}_${String(Math.random())}`;
    },
  });
  broken = true;
  const failed = await chat.post(wire.say(threadId, 'next'));
  expect([failed.status, failed.text.includes('SECRET')]).toEqual([500, false]);
  broken = false;
  expect((await chat.post(wire.say(threadId, 'next'))).types).toHaveLength(4);
});

describe('heartbeats', () => {
  test('come on an idle stream, and not on a busy one', async () => {
    const { chat, threadId, latch } = await serve({ heartbeatMs: 20 });
    const first = await busy(chat, threadId);
    await first.untilComments(3);
    latch.open();
    const { length } = await first.end();
    expect(length).toBe(4);
  });

  test('can be switched off', async () => {
    const { chat, threadId, latch } = await serve({ heartbeatMs: 0 });
    const first = await busy(chat, threadId);
    await pause(50);
    latch.open();
    await first.end();
    expect(first.comments).toBe(0);
  });
});

test('a client that reads slowly gets everything, in order', async () => {
  const texts = Array.from({ length: 300 }, (_, index) => `${String(index)} ${'x'.repeat(10_000)}`);
  @ChatController()
  class Chatty {
    @OnMessage()
    *reply() {
      for (const text of texts) yield assistantMessage(text);
    }
  }
  const chat = await serveChat({ controllers: [Chatty] });
  const raw = await RawSocket.open(chat.url);
  raw.request(JSON.stringify(wire.create()), { connection: 'close' });
  await pause(50);
  raw.socket.on('data', () => {
    raw.socket.pause();
    setTimeout(() => raw.socket.resume(), 2);
  });
  raw.read();
  await raw.untilClosed();
  const found = [...raw.received.matchAll(/"text":"(\d+) x{10000}"/g)].map(([, index]) => Number(index));
  expect(found).toEqual(texts.map((_, index) => index));
});
