import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import {
  added,
  assistantMessage,
  assistantMessageStream,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  OnStreamCancelled,
  progress,
  updated,
  type ChatContext,
  type ThreadItem,
} from '../../src';
import { serveChat, textOf, threadIdOf, type TestChat, type TestChatOptions } from '../support/chat';
import { ADAPTERS } from '../support/adapters';
import { slow } from '../support/failing-store';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { Latch, pause, until } from '../support/wait';
import { MemoryStore } from '../../src/stores';

/** A handler that waits for the test at each step, and notes what becomes of it. */
function stepwise() {
  const seen: string[] = [];
  const go = new Latch();
  @ChatController()
  class Stepwise {
    @OnMessage()
    async *reply(_: unknown, ctx: ChatContext) {
      if (ctx.operation === 'threads.add_user_message') return;
      seen.push('started');
      ctx.signal.addEventListener('abort', () => seen.push('aborted'));
      try {
        yield hiddenContext('kept');
        yield assistantMessageStream(
          (async function* () {
            try {
              yield 'One ';
              yield 'two ';
              await go.opened;
              yield 'three.';
            } finally {
              seen.push('deltas closed');
            }
          })(),
        );
        yield assistantMessage('Last.');
        seen.push('completed');
      } finally {
        seen.push('finally');
      }
    }
  }
  return { controllers: [Stepwise], seen, go };
}

const types = (items: ThreadItem[]): string[] => items.map(({ type }) => type);

/** Starts a run and leaves in the midst of its message. */
async function leaveMidway(chat: TestChat): Promise<string> {
  const stream = await chat.open(wire.create('Hi'));
  await stream.until(
    (event) => 'update' in event && 'delta' in event.update && event.update.delta === 'two ',
  );
  stream.leave();
  return threadIdOf(stream);
}

describe.each(Object.entries(ADAPTERS))('through %s', (_, adapter) => {
  test('a client that leaves midway stops the run; what there was of the text is kept, with a hidden note', async () => {
    const { controllers, seen, go } = stepwise();
    const chat = await serveChat({ controllers }, adapter);
    const threadId = await leaveMidway(chat);
    await until(() => seen.includes('aborted'));
    await until(async () => (await chat.items(threadId)).length === 4);
    const items = await chat.items(threadId);
    expect(types(items)).toEqual([
      'user_message',
      'hidden_context_item',
      'assistant_message',
      'sdk_hidden_context',
    ]);
    expect(textOf(items[2])).toBe('One two ');
    go.open();
    await until(() => seen.includes('finally'));
    expect(seen).toEqual(['started', 'aborted', 'deltas closed', 'finally']);
    const visible = (await chat.post(wire.listItems(threadId, { order: 'asc' }))).json;
    expect(types(visible['data'] as ThreadItem[])).toEqual(['user_message', 'assistant_message']);
    expect((await chat.post(wire.say(threadId))).types).toEqual(['thread.item.done', 'stream_options']);
    expect(chat.logger.messages('error')).toEqual([]);
  });

  test('with onDisconnect finish a client that leaves does not stop the run', async () => {
    const { controllers, seen, go } = stepwise();
    const chat = await serveChat({ controllers, onDisconnect: 'finish' }, adapter);
    const stream = await chat.open(wire.create('Hi'));
    const options = await stream.until(({ type }) => type === 'stream_options');
    expect(options).toEqual({ type: 'stream_options', stream_options: { allow_cancel: false } });
    stream.leave();
    const threadId = threadIdOf(stream);
    await pause(30);
    go.open();
    await until(() => seen.includes('finally'));
    expect(seen).toEqual(['started', 'deltas closed', 'completed', 'finally']);
    await until(async () => (await chat.items(threadId)).length === 4);
    const items = await chat.items(threadId);
    expect(items.map(textOf)).toEqual(['Hi', '', 'One two three.', 'Last.']);
    expect((await chat.post(wire.say(threadId))).status).toBe(200);
  });
});

describe('a client that hangs up', () => {
  const body = JSON.stringify(wire.create('Hi'));

  test.each([
    ['with half of its body sent', body.slice(0, 20), { 'content-length': body.length }],
    ['with none of its body sent', '', { 'content-length': body.length }],
    ['with a broken chunk', 'zz\r\n', { 'content-length': '', 'transfer-encoding': 'chunked' }],
  ])('%s is let go without a trace', async (_, sent, { 'content-length': length, ...headers }) => {
    const { controllers, seen } = stepwise();
    const chat = await serveChat({ controllers });
    const raw = await RawSocket.open(chat.url);
    const head = { ...headers, ...(length === '' ? {} : { 'content-length': length }) };
    raw.socket.write(
      `POST /chatkit HTTP/1.1\r\nhost: x\r\nx-user-id: alice\r\n${Object.entries(head)
        .map(([name, value]) => `${name}: ${String(value)}\r\n`)
        .join('')}\r\n${sent}`,
    );
    await pause(30);
    raw.hangUp();
    await pause(30);
    expect(seen).toEqual([]);
    expect((await chat.post(wire.listThreads())).json['data']).toEqual([]);
    expect(chat.logger.lines.filter(({ level }) => level !== 'debug')).toEqual([]);
  });

  test('while its context is made has stored nothing, and its thread is free', async () => {
    const { controllers, seen } = stepwise();
    const latch = new Latch();
    const chat = await serveChat({
      controllers,
      context: async () => {
        await latch.opened;
        return { userId: 'alice' };
      },
    });
    const raw = await RawSocket.open(chat.url);
    raw.request(body);
    await pause(30);
    raw.hangUp();
    await pause(30);
    latch.open();
    expect((await chat.post(wire.listThreads())).json['data']).toEqual([]);
    expect(seen).toEqual([]);
  });

  test('while its context is made takes no place in the queue of a busy thread', async () => {
    const { controllers, go } = stepwise();
    let asked = 0;
    let left = false;
    const options: TestChatOptions = {
      controllers,
      threads: { maxWaiting: 1 },
      context: async (request) => {
        asked += 1;
        if (asked === 2) await once((request as IncomingMessage).socket, 'close');
        left = asked >= 2;
        return { userId: 'alice' };
      },
    };
    // Its body is there already: nothing else tells that the client has left.
    const chat = await serveChat(options, ADAPTERS['Express 5 behind express.json()']);
    const first = await chat.open(wire.create('Hi'));
    await first.until(({ type }) => type === 'thread.item.added');
    const threadId = threadIdOf(first);
    const raw = await RawSocket.open(chat.url);
    raw.request(JSON.stringify(wire.say(threadId, 'Left')));
    await until(() => asked === 2);
    raw.hangUp();
    await until(() => left);
    const next = await chat.open(wire.say(threadId, 'Next'));
    expect(next.response.status).toBe(200);
    go.open();
    await Promise.all([first.end(), next.end()]);
    const said = (await chat.items(threadId)).flatMap((item) =>
      item.type === 'user_message' ? textOf(item) : [],
    );
    expect(said).toEqual(['Hi', 'Next']);
  });

  test('while its thread is loaded has stored nothing, and its thread is free', async () => {
    const { controllers } = stepwise();
    const store = new MemoryStore();
    const chat = await serveChat({ controllers, store });
    const threadId = await chat.newThread({ signal: AbortSignal.timeout(100) }).catch(async () => {
      const { json } = await chat.post(wire.listThreads());
      return (json['data'] as { id: string }[])[0]!.id;
    });
    await until(async () => (await chat.items(threadId)).some(({ type }) => type === 'sdk_hidden_context'));
    const before = await chat.items(threadId);
    const latch = new Latch();
    const load = store.loadThread.bind(store);
    let loading = false;
    (store as { loadThread: unknown }).loadThread = async (...args: Parameters<typeof load>) => {
      loading = true;
      await latch.opened;
      return load(...args);
    };
    const raw = await RawSocket.open(chat.url);
    raw.request(JSON.stringify(wire.say(threadId, 'More')));
    await until(() => loading);
    raw.hangUp();
    await pause(30);
    latch.open();
    await pause(30);
    expect(await chat.items(threadId)).toEqual(before);
    expect((await chat.post(wire.say(threadId, 'Again'))).types).toEqual([
      'thread.item.done',
      'stream_options',
    ]);
  });

  test('before it has read the first event stops its run', async () => {
    const { controllers, seen, go } = stepwise();
    const chat = await serveChat({ controllers, store: slow(new MemoryStore()) });
    const raw = await RawSocket.open(chat.url);
    raw.request(body);
    await until(() => seen.includes('started'));
    raw.hangUp();
    await until(() => seen.includes('aborted'));
    go.open();
    await until(() => seen.includes('finally'));
    expect(seen).not.toContain('completed');
  });
});

describe('the hook for cancelled streams', () => {
  test('replaces what is done by default', async () => {
    const pending: string[][] = [];
    const { controllers, go } = stepwise();
    @ChatController()
    class Cancelled {
      @OnStreamCancelled()
      cancelled(items: ThreadItem[]) {
        pending.push(items.map(textOf));
      }
    }
    const chat = await serveChat({ controllers: [...controllers, Cancelled] });
    const threadId = await leaveMidway(chat);
    await until(() => pending.length > 0);
    go.open();
    expect(pending).toEqual([['One two ']]);
    expect(types(await chat.items(threadId))).toEqual(['user_message', 'hidden_context_item']);
  });

  test.each(['throws', 'hangs'])('that %s harms nobody', async (kind) => {
    const { controllers, go } = stepwise();
    @ChatController()
    class Cancelled {
      @OnStreamCancelled()
      async cancelled() {
        if (kind === 'hangs') await new Promise(() => undefined);
        throw new Error('SECRET');
      }
    }
    const chat = await serveChat({ controllers: [...controllers, Cancelled], cancelGrace: 100 });
    const threadId = await leaveMidway(chat);
    go.open();
    expect((await chat.post(wire.say(threadId))).types.at(-1)).toBe('stream_options');
  });
});

describe('a handler that will not stop', () => {
  async function abandoned(options: TestChatOptions) {
    const chat = await serveChat({ cancelGrace: 100, ...options });
    const stream = await chat.open(wire.create('Hi'));
    await stream.until(({ type }) => type === 'progress_update');
    stream.leave();
    const threadId = threadIdOf(stream);
    const next = await chat.post(wire.say(threadId, 'next'));
    expect(next.types).toEqual(['thread.item.done', 'stream_options']);
    return chat;
  }

  const onlyFirst = (ctx: ChatContext): boolean => ctx.operation === 'threads.create';

  test('is abandoned after its grace and logged, and its thread is free', async () => {
    @ChatController()
    class Hanging {
      @OnMessage()
      async *reply(_: unknown, ctx: ChatContext) {
        if (!onlyFirst(ctx)) return;
        yield progress('…');
        await new Promise(() => undefined);
      }
    }
    const chat = await abandoned({ controllers: [Hanging] });
    expect(chat.logger.messages('warn')).toEqual(['a handler did not stop and was abandoned']);
  });

  test('and is no generator is abandoned too', async () => {
    @ChatController()
    class Hanging {
      @OnMessage()
      async reply(_: unknown, ctx: ChatContext) {
        if (!onlyFirst(ctx)) return;
        await ctx.emit(progress('…'));
        await new Promise(() => undefined);
      }
    }
    const chat = await abandoned({ controllers: [Hanging] });
    expect(chat.logger.messages('warn')).toEqual(['a handler did not stop and was abandoned']);
  });

  test('whose finally throws is logged', async () => {
    @ChatController()
    class Throwing {
      @OnMessage()
      async *reply(_: unknown, ctx: ChatContext) {
        if (!onlyFirst(ctx)) return;
        try {
          yield progress('…');
          await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
          yield progress('unseen');
        } finally {
          // eslint-disable-next-line no-unsafe-finally -- that is the test
          throw new Error('in finally');
        }
      }
    }
    const chat = await abandoned({ controllers: [Throwing] });
    expect(chat.logger.messages('error')).toEqual(['a handler threw while it was being stopped']);
  });

  test('that comes back after it was abandoned gets nothing in', async () => {
    const latch = new Latch();
    let emitted: unknown;
    let over = false;
    @ChatController()
    class Late {
      @OnMessage()
      async *reply(_: unknown, ctx: ChatContext) {
        if (!onlyFirst(ctx)) return;
        yield progress('…');
        await latch.opened;
        await ctx.emit(assistantMessage('too late')).catch((error: unknown) => (emitted = error));
        over = true;
        yield assistantMessage('too late');
      }
    }
    const chat = await abandoned({ controllers: [Late] });
    latch.open();
    await until(() => over);
    await pause(20);
    expect(emitted).toMatchObject({ code: 'run_ended' });
    const { json } = await chat.post(wire.listThreads());
    const [thread] = json['data'] as { id: string }[];
    expect((await chat.items(thread!.id)).map(textOf)).not.toContain('too late');
  });

  test('that takes too long is cut off with an error', async () => {
    @ChatController()
    class Long {
      @OnMessage()
      async *reply() {
        yield assistantMessage('one');
        await new Promise(() => undefined);
      }
    }
    const chat = await serveChat({
      controllers: [Long],
      maxRunTime: 100,
      cancelGrace: 50,
      onDisconnect: 'finish',
    });
    const reply = await chat.post(wire.create());
    expect(reply.types.slice(-2)).toEqual(['thread.item.done', 'error']);
    expect(reply.events.at(-1)).toHaveProperty('message', 'This took longer than 0.1 s.');
  });
});

test('what a hook for stopped streams gets of a workflow can be stored, whatever updates came', async () => {
  @ChatController()
  class Keeping {
    @OnMessage()
    async *reply(_: unknown, ctx: ChatContext) {
      const tasks = [{ type: 'thought' as const, content: 'One' }];
      const item = { id: 'wf', type: 'workflow' as const, workflow: { type: 'reasoning' as const, tasks } };
      yield added(item);
      const task = { type: 'thought' as const, content: 'Nowhere' };
      yield updated('wf', { type: 'workflow.task.updated', task_index: 1000, task });
      yield progress('so far');
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
    }
    @OnStreamCancelled()
    async cancelled(pending: ThreadItem[], ctx: ChatContext) {
      for (const item of pending) await ctx.store.saveItem(item);
    }
  }
  const chat = await serveChat({ controllers: [Keeping] });
  const stream = await chat.open(wire.create('Hi'));
  await stream.until(({ type }) => type === 'progress_update');
  stream.leave();
  const threadId = threadIdOf(stream);
  await until(async () => (await chat.items(threadId)).length === 2);
  expect((await chat.items(threadId)).at(-1)).toMatchObject({
    type: 'workflow',
    workflow: { tasks: [{ type: 'thought', content: 'One' }] },
  });
});

test('nothing is kept, and no hook asked, of a run whose thread is deleted', async () => {
  const asked: string[] = [];
  @ChatController()
  class Deleted {
    @OnMessage()
    async *reply(_: unknown, ctx: ChatContext) {
      yield progress('begun');
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
      asked.push('stopped');
    }
    @OnStreamCancelled()
    cancelled() {
      asked.push('hook');
    }
  }
  const chat = await serveChat({ controllers: [Deleted] });
  const stream = await chat.open(wire.create('Hi'));
  await stream.until(({ type }) => type === 'progress_update');
  const reply = await chat.post({ type: 'threads.delete', params: { thread_id: threadIdOf(stream) } });
  expect(reply.status).toBe(200);
  await until(() => asked.length > 0);
  stream.leave();
  expect(asked).toEqual(['stopped']);
});

test('a client that leaves while its payload is validated has its handler not called', async () => {
  const validating = new Latch();
  const valid = new Latch();
  const called: string[] = [];
  const schema: StandardSchemaV1<unknown, { a: number }> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      async validate() {
        validating.open();
        await valid.opened;
        called.push('validated');
        return { value: { a: 1 } };
      },
    },
  };
  @ChatController()
  class Slow {
    @OnMessage()
    reply() {
      return assistantMessage('Hello');
    }
    @OnAction('go', { payload: schema })
    go() {
      called.push('handler');
    }
  }
  const chat = await serveChat({ controllers: [Slow], cancelGrace: 5_000 });
  const threadId = threadIdOf(await chat.post(wire.create('Hi')));
  const stream = await chat.open(wire.act(threadId, undefined, 'go', { a: 1 }));
  await validating.opened;
  stream.leave();
  // The note for the model comes with the stop.
  await until(async () => (await chat.items(threadId)).at(-1)?.type === 'sdk_hidden_context');
  valid.open();
  // The next request has its turn when the run is over.
  await chat.post(wire.say(threadId, 'And then?'));
  expect(called).toEqual(['validated']);
});
