import { AsyncLocalStorage } from 'node:async_hooks';
import express from 'express';
import { concat, Observable } from 'rxjs';
import {
  assistantMessage,
  assistantMessageFilter,
  assistantMessageStream,
  ChatController,
  clientEffect,
  Context,
  createParamDecorator,
  done,
  OnAction,
  OnFeedback,
  OnMessage,
  OnStreamCancelled,
  OnTranscribe,
  replace,
  StreamOptions,
  UseFilters,
  UseGuards,
  UseInterceptors,
  widget,
  type ChatContext,
  type EventDraft,
  type HandlerEvent,
  type ThreadItem,
} from '../../src';
import { chatkit } from '../../src/express';
import { MemoryStore } from '../../src/stores';
import { serveChat, textOf, threadIdOf, userOf, type TestChatOptions } from '../support/chat';
import { open, post } from '../support/client';
import { listen } from '../support/adapters';
import { slow } from '../support/failing-store';
import { RecordingLogger } from '../support/logger';
import * as wire from '../support/requests';
import { until } from '../support/wait';

/** Goes on until it is stopped. */
async function* half(signal: AbortSignal): AsyncGenerator<string> {
  yield 'Half of ';
  yield 'the answer';
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}

const Aborted = createParamDecorator((_: undefined, ctx) => Promise.resolve(ctx.signal.aborted));

/** A controller whose hook keeps what is pending, under a name of its own. */
function keeping(around: (target: new () => object) => void = () => undefined) {
  const calls: unknown[] = [];
  @ChatController()
  class Keeping {
    @OnMessage()
    reply(_: unknown, ctx: ChatContext) {
      return assistantMessageStream(half(ctx.signal));
    }

    @OnStreamCancelled()
    async cancelled(pending: ThreadItem[], ctx: ChatContext) {
      calls.push(ctx.signal.aborted);
      for (const item of pending) await ctx.store.saveItem(item);
    }
  }
  around(Keeping);
  return { controllers: [Keeping], calls };
}

const WAYS: Record<
  string,
  () => Partial<TestChatOptions> & { controllers: TestChatOptions['controllers']; calls: unknown[] }
> = {
  'a guard of the application': () => ({ ...keeping(), guards: [() => true] }),
  'a guard that refuses': () => ({
    ...keeping(),
    guards: [({ operation }) => operation === 'threads.create'],
  }),
  'a guard of the class': () => keeping((target) => UseGuards(() => true)(target)),
  'a container': () => {
    const { controllers, calls } = keeping();
    const container = {
      get: <T extends object>(type: new (...args: never[]) => T) => Promise.resolve(new type()),
    };
    return { controllers, calls, container: container };
  },
  'an interceptor and a filter': () => ({
    ...keeping(),
    interceptors: [(_, next) => next()],
    filters: [assistantMessageFilter],
  }),
  'a parameter decorator of its own': () => {
    const calls: unknown[] = [];
    @ChatController()
    class Decorated {
      @OnMessage()
      reply(@Context() ctx: ChatContext) {
        return assistantMessageStream(half(ctx.signal));
      }

      @OnStreamCancelled()
      async cancelled(@Aborted() aborted: boolean, @Context() ctx: ChatContext) {
        calls.push(aborted);
        const content = [{ type: 'output_text' as const, text: 'Half of the answer', annotations: [] }];
        const id = ctx.store.generateId('message');
        const head = { id, thread_id: ctx.thread.id, created_at: ctx.thread.created_at };
        await ctx.store.saveItem({ ...head, type: 'assistant_message', content });
      }
    }
    return { controllers: [Decorated], calls };
  },
};

describe('@OnStreamCancelled', () => {
  test.each(Object.entries(WAYS))('is called when the client leaves, with %s', async (_, way) => {
    const { calls, ...options } = way();
    const chat = await serveChat(options);
    const stream = await chat.open(wire.create());
    await stream.until((event) => JSON.stringify(event).includes('the answer'));
    stream.leave();
    await until(() => calls.length > 0);
    expect(calls).toEqual([false]);
    await until(async () => (await chat.items(threadIdOf(stream))).length > 1);
    expect((await chat.items(threadIdOf(stream))).map(textOf)).toEqual(['Hello', 'Half of the answer']);
  });

  test.each(Object.entries(WAYS))('is called at maxRunTime and by close(), with %s', async (_, way) => {
    const late = way();
    const slowChat = await serveChat({ ...late, maxRunTime: 100, cancelGrace: 50 });
    await slowChat.post(wire.create());
    expect(late.calls).toEqual([false]);

    const closing = way();
    const chat = await serveChat({ ...closing, cancelGrace: 50 });
    const stream = await chat.open(wire.create());
    await stream.until((event) => JSON.stringify(event).includes('the answer'));
    await Promise.all([chat.close({ timeoutMs: 10 }), stream.end()]);
    expect(closing.calls).toEqual([false]);
  });
});

describe('guards', () => {
  test('are asked once for each thing that a user asks for, and never for hooks', async () => {
    const asked: string[] = [];
    @ChatController()
    @UseGuards((ctx) => {
      asked.push(`class ${ctx.operation}`);
      return true;
    })
    class Everything {
      @OnMessage()
      reply() {
        return assistantMessage('Hello.');
      }
      @OnAction('act', { payload: 'unchecked' })
      act() {
        return assistantMessage('Done.');
      }
      @OnFeedback()
      feedback(): void {
        // it is there
      }
      @OnTranscribe()
      transcribe() {
        return 'text';
      }
      @StreamOptions()
      options() {
        return { allow_cancel: false };
      }
    }
    const chat = await serveChat({
      controllers: [Everything],
      guards: [
        (ctx) => {
          asked.push(`app ${ctx.operation}`);
          return true;
        },
      ],
    });
    const threadId = threadIdOf(await chat.post(wire.create()));
    const [item] = await chat.items(threadId);
    await chat.post(wire.act(threadId, undefined, 'act'));
    await chat.post(wire.feedback(threadId, [item!.id]));
    await chat.post(wire.dictate('AAAA'));
    expect(asked).toEqual(
      ['threads.create', 'threads.custom_action', 'items.feedback', 'input.transcribe'].flatMap(
        (operation) => [`app ${operation}`, `class ${operation}`],
      ),
    );
  });

  test('that refuse all leave the stream options alone', async () => {
    @ChatController()
    @UseGuards(() => false)
    class Guarded {
      @OnMessage()
      reply() {
        return assistantMessage('Hello.');
      }
      @StreamOptions()
      options() {
        return { allow_cancel: false };
      }
    }
    const chat = await serveChat({ controllers: [Guarded] });
    const reply = await chat.post(wire.create());
    expect(reply.events.slice(-2)).toMatchObject([
      { type: 'stream_options', stream_options: { allow_cancel: false } },
      { type: 'error', message: 'Permission denied.' },
    ]);
    expect(chat.app.registry().find(({ kind }) => kind === 'stream_options')?.guards).toEqual([]);
    expect(chat.app.registry().find(({ kind }) => kind === 'message')?.guards).toHaveLength(1);
  });
});

test('what another async context emits, or lets an interceptor pass on, is handled in that of the request', async () => {
  const requests = new AsyncLocalStorage<string>();
  const seen: [string, string | undefined][] = [];
  const elsewhere = <T>(work: () => T): T => requests.run('another', work);
  const note = (where: string): void => void seen.push([where, requests.getStore()]);

  @ChatController()
  class Noting {
    @OnMessage()
    @UseInterceptors((ctx, next) =>
      concat(
        next(),
        textOf(ctx.message!) === 'Again'
          ? []
          : new Observable<EventDraft>((subscriber) => {
              elsewhere(() =>
                setTimeout(() => {
                  subscriber.next(replace('msg_w', changing('passed on')));
                  subscriber.error(new Error('from elsewhere'));
                }),
              );
            }),
      ),
    )
    @UseFilters(() => {
      note('filter');
      return clientEffect('filtered');
    })
    async *reply(_: unknown, ctx: ChatContext): AsyncGenerator<HandlerEvent> {
      if (textOf(ctx.message!) === 'Again') {
        note('responder');
        return;
      }
      yield done({ id: 'msg_w', type: 'widget', widget: { type: 'Card', children: [] } });
      await elsewhere(() => ctx.emit(replace('msg_w', changing('emitted'))));
      await elsewhere(() => ctx.respond('Again'));
    }
  }
  const changing =
    (where: string) =>
    <T>(current: T): T => {
      note(where);
      return current;
    };

  const app = express();
  app.use((_, __, next) => requests.run('mine', next));
  app.use(
    '/chatkit',
    chatkit({
      controllers: [Noting],
      store: new MemoryStore(),
      owner: 'shared',
      logger: new RecordingLogger(),
    }),
  );
  await post(await listen(app), wire.create());
  expect(seen).toEqual([
    ['emitted', 'mine'],
    ['responder', 'mine'],
    ['passed on', 'mine'],
    ['filter', 'mine'],
  ]);
});

describe('all of a request runs in its async context', () => {
  const requests = new AsyncLocalStorage<string>();
  const seen: Record<string, (string | undefined)[]> = {};
  const note = (where: string): void => void (seen[where] ??= []).push(requests.getStore());

  const filled = 'x'.repeat(64 * 1024);
  @ChatController()
  class Noting {
    @OnMessage()
    async *reply(
      message: { content: { text: string }[] } | null,
      ctx: ChatContext,
    ): AsyncGenerator<HandlerEvent> {
      const text = message?.content[0]?.text;
      yield widget({ type: 'Card', children: [] });
      ctx.signal.addEventListener('abort', () => note('abort listener'));
      try {
        for (let n = 0; n < (text === 'fill' ? 200 : 3); n += 1) {
          yield clientEffect('fill', { filled });
          note('generator');
        }
        if (text !== 'fill') yield assistantMessageStream(half(ctx.signal));
      } finally {
        note('finally');
      }
    }

    @OnAction('change', { payload: 'unchecked' })
    async change(_: unknown, ctx: ChatContext) {
      for (let n = 0; n < 300; n += 1) {
        void ctx.emit(clientEffect('fill', { filled }));
        void ctx.emit(
          replace(ctx.sender, (current) => {
            note('change');
            return current;
          }),
        );
      }
      note('all emitted');
      await ctx.emit(clientEffect('last', {}));
    }

    @OnStreamCancelled()
    cancelled(): void {
      note('cancelled');
    }
  }

  async function serve(options: Partial<TestChatOptions> = {}) {
    for (const where of Object.keys(seen)) Reflect.deleteProperty(seen, where);
    const app = express();
    app.use((req, _, next) => requests.run(String(req.headers['x-user-id']), next));
    const chat = chatkit({
      controllers: [Noting],
      store: slow(new MemoryStore()),
      context: userOf,
      owner: ({ userId }) => userId,
      logger: new RecordingLogger(),
      ...options,
    });
    app.use('/chatkit', chat);
    return { url: await listen(app), chat };
  }

  const send = (url: string, body: wire.Wire): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': 'alice' },
      body: JSON.stringify(body),
    });

  const onlyAlice = (where: string): void => {
    expect(seen[where]?.length).toBeGreaterThan(0);
    expect(new Set(seen[where])).toEqual(new Set(['alice']));
  };

  test('when the client leaves', async () => {
    const { url } = await serve();
    const stream = await open(url, wire.create());
    await stream.until((event) => JSON.stringify(event).includes('the answer'));
    stream.leave();
    await until(() => seen['finally'] !== undefined && seen['cancelled'] !== undefined);
    for (const where of ['generator', 'abort listener', 'cancelled', 'finally']) onlyAlice(where);
  });

  test('behind a socket that is full, read and given up', async () => {
    const { url } = await serve();
    const response = await send(url, wire.create('fill'));
    const reader = response.body!.getReader();
    for (let n = 0; n < 100; n += 1) await reader.read();
    await reader.cancel();
    await until(() => seen['finally'] !== undefined);
    for (const where of ['generator', 'finally']) onlyAlice(where);
  });

  test('when another request deletes the thread, and when the server stops', async () => {
    const { url, chat } = await serve();
    const stream = await open(url, wire.create());
    await stream.until((event) => JSON.stringify(event).includes('the answer'));
    await requests.run('other', () => post(url, wire.deleteThread(threadIdOf(stream))));
    await stream.end();
    onlyAlice('finally');

    const second = await open(url, wire.create());
    await second.until((event) => JSON.stringify(event).includes('the answer'));
    await requests.run('closing', () => chat.close({ timeoutMs: 10 }));
    await second.end();
    for (const where of ['abort listener', 'cancelled', 'finally']) onlyAlice(where);
  });

  test('in what waits behind a full socket', async () => {
    const { url } = await serve({ store: new MemoryStore() });
    const created = await post(url, wire.create('fill'));
    const sender = created.events.find((event) => 'item' in event && event.item.type === 'widget') as {
      item: { id: string };
    };
    const response = await send(url, wire.act(threadIdOf(created), sender.item.id, 'change'));
    await until(() => seen['all emitted'] !== undefined);
    const before = seen['change']?.length ?? 0;
    await response.text();
    expect(seen['change']?.length).toBeGreaterThan(before);
    onlyAlice('change');
  });

  test('at the deadline', async () => {
    const { url } = await serve({ maxRunTime: 300, cancelGrace: 50 });
    await post(url, wire.create());
    for (const where of ['abort listener', 'cancelled']) onlyAlice(where);
  });
});
