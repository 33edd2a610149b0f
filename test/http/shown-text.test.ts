import { tap } from 'rxjs';
import {
  added,
  assistantMessage,
  assistantMessageFilter,
  assistantMessageStream,
  ChatController,
  clientEffect,
  error,
  OnMessage,
  progress,
  updated,
  type ChatContext,
  type HandlerEvent,
  type HandlerResult,
  type ThreadItem,
} from '../../src';
import { MemoryStore } from '../../src/stores';
import { serveChat, textOf, threadIdOf, type TestChatOptions } from '../support/chat';
import { interfere, slow } from '../support/failing-store';
import * as wire from '../support/requests';

/** Says "Half of the answer" in two pieces, and fails. */
async function* failing(): AsyncGenerator<string> {
  yield 'Half of ';
  yield 'the answer';
  throw new Error('SECRET');
}

function answering(answer: (ctx: ChatContext) => HandlerResult) {
  @ChatController()
  class Answering {
    @OnMessage()
    reply(_: unknown, ctx: ChatContext) {
      return answer(ctx) as HandlerEvent;
    }
  }
  return [Answering];
}

/** The way in which a run ends before its message is done, and the options that it takes. */
const ENDINGS: Record<string, [(ctx: ChatContext) => HandlerResult, Partial<TestChatOptions>?]> = {
  'the deltas throw': [() => assistantMessageStream(failing())],
  'the deltas throw within a generator': [
    async function* () {
      yield assistantMessageStream(failing());
    },
  ],
  'the handler throws beside its message': [
    async function* (ctx) {
      yield* begun(ctx);
      throw new Error('SECRET');
    },
  ],
  'an emitted message is never done': [
    async (ctx) => {
      for (const event of begun(ctx)) await ctx.emit(event);
    },
  ],
  'an event is no event': [
    function* (ctx) {
      yield* begun(ctx);
      yield { type: 'nonsense' } as never;
    },
  ],
  'more events come than can wait': [
    function* (ctx) {
      yield* begun(ctx);
      for (let n = 0; n < 5_000; n += 1) void ctx.emit(clientEffect('flood'));
    },
    { store: slow(new MemoryStore()) },
  ],
  'the run takes too long': [
    async function* (ctx) {
      yield* begun(ctx);
      await new Promise(() => undefined);
    },
    { maxRunTime: 100, cancelGrace: 20 },
  ],
  'a filter answers the error': [
    () => assistantMessageStream(failing()),
    { filters: [assistantMessageFilter] },
  ],
};

function* begun(ctx: ChatContext): Generator<HandlerEvent> {
  const id = ctx.store.generateId('message');
  yield added({ id, type: 'assistant_message', content: [] });
  for (const delta of ['Half of ', 'the answer']) {
    yield updated(id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta });
  }
}

describe.each([
  ['a store that answers at once', () => new MemoryStore()],
  ['a store that answers later', () => slow(new MemoryStore())],
])('with %s', (_, store) => {
  test.each(Object.entries(ENDINGS))(
    'text that the client has seen is there after a reload when %s',
    async (_name, [answer, options]) => {
      const chat = await serveChat({ controllers: answering(answer), store: store(), ...options });
      const reply = await chat.post(wire.create());
      const shown = reply.events.flatMap((event) =>
        'update' in event && 'delta' in event.update ? [event.update.delta] : [],
      );
      expect(shown).toEqual(['Half of ', 'the answer']);
      const threadId = threadIdOf(reply);
      const { items } = (await chat.post(wire.getThread(threadId))).json;
      expect((items.data as ThreadItem[]).map(textOf)).toContain('Half of the answer');
      const stored = await chat.items(threadId);
      expect(stored.filter(({ type }) => type === 'sdk_hidden_context')).toMatchObject([
        { content: expect.stringContaining('broke off') },
      ]);
      expect(reply.text).not.toContain('SECRET');
    },
  );

  test('what is said after an error that the handler catches stands behind the text', async () => {
    const chat = await serveChat({
      store: store(),
      controllers: answering(async function* () {
        try {
          yield assistantMessageStream(failing());
        } catch {
          yield assistantMessage('Sorry.');
        }
      }),
    });
    const reply = await chat.post(wire.create());
    expect((await chat.items(threadIdOf(reply))).map(textOf)).toEqual([
      'Hello',
      'Half of the answer',
      'Sorry.',
      '',
    ]);
  });

  test('what a filter says of an error of an interceptor stands behind the text', async () => {
    const chat = await serveChat({
      store: store(),
      controllers: answering(async function* (ctx) {
        yield* begun(ctx);
        yield progress('refused by the interceptor');
      }),
      interceptors: [
        (_, next) =>
          next().pipe(
            tap((event) => {
              if (event.type === 'progress_update') throw new Error('SECRET');
            }),
          ),
      ],
      filters: [assistantMessageFilter],
    });
    const reply = await chat.post(wire.create());
    const { items } = (await chat.post(wire.getThread(threadIdOf(reply)))).json;
    expect((items.data as ThreadItem[]).map(textOf)).toEqual([
      'Hello',
      'Half of the answer',
      'Action failed.',
    ]);
  });

  test('what a filter says stands behind the text', async () => {
    const chat = await serveChat({
      store: store(),
      controllers: answering(() => assistantMessageStream(failing())),
      filters: [assistantMessageFilter],
    });
    const reply = await chat.post(wire.create());
    const { items } = (await chat.post(wire.getThread(threadIdOf(reply)))).json;
    expect((items.data as ThreadItem[]).map(textOf)).toEqual([
      'Hello',
      'Half of the answer',
      'Action failed.',
    ]);
  });
});

test('the text is stored before the error is sent', async () => {
  const order: string[] = [];
  const store = interfere(slow(new MemoryStore()), async ({ method, args }, proceed) => {
    const result = await proceed();
    if (method === 'saveItem') order.push((args[1] as { type: string }).type);
    return result;
  });
  const chat = await serveChat({
    store,
    controllers: answering(() => assistantMessageStream(failing())),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => void order.push('error'),
    },
  });
  await chat.post(wire.create());
  expect(order.slice(0, 3)).toEqual(['user_message', 'assistant_message', 'error']);
});

test('a message without text, or that was removed, is not stored', async () => {
  const chat = await serveChat({
    controllers: answering(function* (ctx) {
      yield added({ id: 'blank', type: 'assistant_message', content: [] });
      yield updated('blank', {
        type: 'assistant_message.content_part.text_delta',
        content_index: 0,
        delta: ' \n',
      });
      for (const event of begun(ctx)) {
        yield event;
        if ('item' in event && event.item.id !== undefined) ctx.thread.metadata['id'] = event.item.id;
      }
      yield { type: 'thread.item.removed', item_id: String(ctx.thread.metadata['id']) };
      throw new Error('SECRET');
    }),
  });
  const reply = await chat.post(wire.create());
  expect((await chat.items(threadIdOf(reply))).map(({ type }) => type)).toEqual(['user_message']);
});

test('what was shown is stored before an error is sent, which a client takes for the end', async () => {
  const controllers = answering(async function* (ctx) {
    yield* begun(ctx);
    yield error('No seats left');
    await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
  });
  const chat = await serveChat({ controllers });
  const stream = await chat.open(wire.create());
  await stream.until(({ type }) => type === 'error');
  const kept = await chat.items(threadIdOf(stream));
  stream.leave();
  expect(kept.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
});
