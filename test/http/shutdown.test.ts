import {
  assistantMessageStream,
  ChatController,
  OnAction,
  OnMessage,
  type ChatContext,
  type UserMessageItem,
} from '../../src';
import { serveChat, textOf } from '../support/chat';
import { ADAPTERS } from '../support/adapters';
import * as wire from '../support/requests';
import { Latch, pause, until } from '../support/wait';

async function serve(adapter = ADAPTERS['node:http'], options: object = {}) {
  const latch = new Latch();
  const started = new Set<string>();
  @ChatController()
  class Streaming {
    @OnMessage()
    async *reply(message: UserMessageItem | null) {
      if (textOf(message ?? undefined) === 'Start') return;
      yield assistantMessageStream(
        (async function* () {
          yield 'One ';
          await latch.opened;
          yield 'two.';
        })(),
      );
    }

    @OnAction('slow', { sync: true, payload: 'unchecked' })
    async slow(_: unknown, ctx: ChatContext) {
      started.add('slow');
      await latch.opened;
      ctx.thread.title = 'Done in time';
    }
  }
  const chat = await serveChat({ controllers: [Streaming], cancelGrace: 200, ...options }, adapter);
  return { chat, latch, started, threadId: await chat.newThread() };
}

const hasText = (event: { type: string }): boolean => JSON.stringify(event).includes('One ');

describe.each(Object.entries(ADAPTERS))('closing the chat through %s', (_, adapter) => {
  test('lets a stream end in time, and takes no more requests', async () => {
    const { chat, latch, threadId } = await serve(adapter);
    const stream = await chat.open(wire.say(threadId));
    await stream.until(hasText);
    let closed = false;
    const closing = chat.close({ timeoutMs: 10_000 }).then(() => (closed = true));
    const refused = await chat.post(wire.listThreads());
    expect([refused.status, refused.json['error'].code]).toEqual([503, 'unavailable']);
    expect((await chat.post(wire.create())).status).toBe(503);
    expect(closed).toBe(false);
    latch.open();
    await closing;
    const events = await stream.end();
    expect(events.at(-1)).toMatchObject({ type: 'thread.item.done' });
    expect((await chat.items(threadId)).map(textOf)).toEqual(['Start', 'Hello', 'One two.']);
  });

  test('cancels what does not end in time, with its text saved and an error told', async () => {
    const { chat, threadId } = await serve(adapter);
    const stream = await chat.open(wire.say(threadId));
    await stream.until(hasText);
    await chat.close({ timeoutMs: 30 });
    const items = await chat.items(threadId);
    expect(items.map(({ type }) => type)).toEqual([
      'user_message',
      'user_message',
      'assistant_message',
      'sdk_hidden_context',
    ]);
    expect(textOf(items[2])).toBe('One ');
    const events = await stream.end();
    expect(events.at(-1)).toEqual({
      type: 'error',
      code: 'custom',
      message: 'The server was restarted.',
      allow_retry: true,
    });
  });
});

test('those who wait for their thread are told at once, with nothing stored', async () => {
  const { chat, threadId } = await serve();
  const first = await chat.open(wire.say(threadId, 'first'));
  await first.until(hasText);
  const second = await chat.open(wire.say(threadId, 'second'));
  const closing = chat.close({ timeoutMs: 100 });
  expect(await second.end()).toEqual([
    expect.objectContaining({ type: 'error', message: 'The server is shutting down.' }),
  ]);
  await closing;
  expect((await chat.items(threadId)).map(textOf)).not.toContain('second');
});

test('requests that answer with JSON are waited for', async () => {
  const { chat, latch, started, threadId } = await serve();
  const slow = chat.post(wire.actSync(threadId, undefined, 'slow'));
  await until(() => started.has('slow'));
  let closed = false;
  const closing = chat.close().then(() => (closed = true));
  await pause(30);
  expect(closed).toBe(false);
  latch.open();
  expect((await slow).status).toBe(200);
  await closing;
  expect((await chat.thread(threadId)).title).toBe('Done in time');
});

test('a request that is on its way begins no run', async () => {
  const inContext = new Latch();
  let asked = false;
  let hold = false;
  const { chat, threadId } = await serve(undefined, {
    context: async () => {
      asked = true;
      if (hold) await inContext.opened;
      return { userId: 'alice' };
    },
  });
  const before = await chat.items(threadId);
  asked = false;
  hold = true;
  const late = chat.post(wire.say(threadId));
  await until(() => asked);
  const closing = chat.close({ timeoutMs: 30 });
  await pause(10);
  inContext.open();
  expect((await late).status).toBe(503);
  await closing;
  expect(await chat.items(threadId)).toEqual(before);
});

test('closing twice, and closing an idle chat, is no error', async () => {
  const { chat } = await serve();
  await Promise.all([chat.close(), chat.close()]);
  await chat.close({ timeoutMs: 0 });
});

test('a run that ignores its cancellation does not hold the shutdown up for ever', async () => {
  @ChatController()
  class Stubborn {
    @OnMessage()
    async *reply() {
      yield assistantMessageStream(['One ']);
      await new Promise(() => undefined);
    }
  }
  const chat = await serveChat({ controllers: [Stubborn], cancelGrace: 50 });
  const stream = await chat.open(wire.create());
  await stream.until(hasText);
  await chat.close({ timeoutMs: 20 });
  expect(chat.logger.messages('warn')).toEqual(['a handler did not stop and was abandoned']);
  expect((await stream.end()).at(-1)).toHaveProperty('type', 'error');
});
