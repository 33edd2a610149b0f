import { SpanStatusCode, trace } from '@opentelemetry/api';
import { Observable } from 'rxjs';
import { z } from 'zod';
import {
  assistantMessage,
  assistantMessageFilter,
  assistantMessageStream,
  ChatController,
  ForbiddenError,
  MemoryStore,
  OnAction,
  OnFeedback,
  OnMessage,
  OnStreamCancelled,
  progress,
  respond,
  StreamOptions,
  UseFilters,
  UseGuards,
  UseInterceptors,
  widget,
  error as errorEvent,
  type ChatContext,
} from '../../src';
import { chatkit } from '../../src/node';
import { SqliteStore } from '../../src/stores/sqlite';
import { openTelemetry } from '../../src/opentelemetry';
import { listen } from '../support/adapters';
import { afterThisTest } from '../support/cleanup';
import { serveChat, threadIdOf, type TestChatOptions } from '../support/chat';
import { open, post } from '../support/client';
import { interfere } from '../support/failing-store';
import { OrderedStore } from '../support/ordered-store';
import { ended, parentOf, record, spanNamed, treeBelow } from '../support/recorded';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';
import { drivers } from '../stores/drivers';

record();

/** Does what an instrumented client does: a span of its own, below the one that is active. */
function fetches(name: string): void {
  trace.getTracer('application').startSpan(name).end();
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const payload = z.object({ id: z.string() });
let latch: Latch;
let begun: Latch;
beforeEach(() => {
  latch = new Latch();
  begun = new Latch();
});

@ChatController()
class Shop {
  @OnMessage()
  async reply() {
    await turn();
    fetches('responder');
    return widget({ type: 'Card', children: [] });
  }

  @OnAction('item.select', { payload })
  @UseGuards(async () => {
    await turn();
    fetches('guard');
    return true;
  })
  async *select(_: unknown, ctx: ChatContext) {
    fetches('before the first event');
    yield progress('a');
    fetches('after the first event');
    await turn();
    yield assistantMessage('b');
    fetches('after one that is stored');
    await ctx.emit(progress('c'));
    fetches('after one that is emitted');
    yield assistantMessageStream(this.deltas());
    fetches('after a stream of texts');
    yield new Observable<never>((subscriber) => {
      fetches('in an Observable');
      subscriber.complete();
    });
    yield [Promise.resolve(progress('d'))];
    fetches('after a promise');
    yield respond('e');
    fetches('at the end');
  }

  private async *deltas() {
    for (const delta of ['x', 'y']) {
      await turn();
      fetches(`delta ${delta}`);
      yield delta;
    }
  }

  @OnAction('intercepted', { payload: 'unchecked' })
  @UseInterceptors((_ctx, next) => {
    fetches('interceptor');
    return next();
  })
  async *intercepted() {
    yield assistantMessage('a');
    fetches('in the intercepted');
  }

  @OnAction('sync', { sync: true, payload: 'unchecked' })
  async sync() {
    await turn();
    fetches('in sync');
  }

  @OnAction('guarded', { payload: 'unchecked' })
  @UseGuards(() => false)
  guarded(): void {
    // is not reached
  }

  @OnAction('throws', { payload: 'unchecked' })
  *throws() {
    yield progress('a');
    throw new TypeError('It broke.');
  }

  @OnAction('apologises', { payload: 'unchecked' })
  @UseFilters(assistantMessageFilter)
  apologises(): never {
    throw new ForbiddenError('No.', { code: 'not_yours' });
  }

  @OnAction('tells', { payload: 'unchecked' })
  tells() {
    return errorEvent('Sold out.');
  }

  @OnAction('waits', { payload: 'unchecked' })
  async *waits() {
    yield progress('a');
    begun.open();
    try {
      await latch.opened;
      yield progress('b');
    } finally {
      fetches('finally');
    }
  }

  @OnFeedback()
  feedback() {
    fetches('in feedback');
  }

  @StreamOptions()
  options() {
    return { allow_cancel: true };
  }

  @OnStreamCancelled()
  cancelled() {
    fetches('when cancelled');
  }
}

const serve = (options: Partial<TestChatOptions> = {}) =>
  serveChat({ controllers: [Shop], telemetry: openTelemetry(), ...options });

async function act(type: string, given: unknown = {}, options?: Partial<TestChatOptions>) {
  const chat = await serve(options);
  const threadId = await chat.newThread();
  const reply = await chat.post(wire.act(threadId, undefined, type, given), {
    headers: { 'x-request-id': 'r-1' },
  });
  const span = await spanNamed('chatkit threads.custom_action');
  return { chat, threadId, reply, span };
}

describe('the spans of a request', () => {
  it('are those of its lock, its store, its handler with guards and validation, and its stream', async () => {
    const { span, threadId } = await act('item.select', { id: 'x' });
    expect(
      treeBelow(span).filter((line) => !/delta|before|after|at the end|in an|loadItem/.test(line)),
    ).toEqual([
      'chatkit threads.custom_action',
      '  Shop.options',
      '  Shop.select',
      '    Shop.reply',
      '      responder',
      '    chatkit guards',
      '      guard',
      '    chatkit validation',
      '  chatkit lock',
      '  chatkit store.loadThread',
      '  chatkit store.saveItem',
      '  chatkit store.saveItem',
      '  chatkit store.saveItem',
      '  chatkit stream',
    ]);
    expect(span.attributes).toEqual({
      'chatkit.request.id': 'r-1',
      'chatkit.operation': 'threads.custom_action',
      'chatkit.thread.id': threadId,
    });
    expect((await spanNamed('Shop.select')).attributes).toEqual({
      'code.function.name': 'Shop.select',
      'chatkit.action': 'item.select',
    });
    expect((await spanNamed('chatkit lock')).attributes).toEqual({ 'chatkit.lock.acquired': true });
    expect((await spanNamed('chatkit store.loadThread')).attributes).toEqual({
      'db.operation.name': 'loadThread',
    });
  });

  it('name the database', async () => {
    const store = new SqliteStore(':memory:', { driver: drivers()[0]! });
    await act('tells', {}, { store });
    store.close();
    expect((await spanNamed('chatkit store.loadThread')).attributes).toEqual({
      'db.operation.name': 'loadThread',
      'db.system.name': 'sqlite',
    });
  });

  it('are below the span that is active where the app is mounted', async () => {
    const listener = chatkit({
      controllers: [Shop],
      store: new MemoryStore(),
      owner: 'shared',
      telemetry: openTelemetry(),
    });
    afterThisTest(() => listener.close({ timeoutMs: 0 }));
    const tracer = trace.getTracer('http');
    const url = await listen((request, response) =>
      tracer.startActiveSpan('POST /chatkit', (span) => {
        response.on('close', () => span.end());
        listener(request, response);
      }),
    );
    await post(url, wire.create());
    await spanNamed('POST /chatkit');
    expect(parentOf(await spanNamed('chatkit threads.create'))).toBe('POST /chatkit');
  });

  it('are there for answers without a stream', async () => {
    const chat = await serve();
    await chat.post(wire.listThreads());
    const span = await spanNamed('chatkit threads.list');
    expect(treeBelow(span)).toEqual(['chatkit threads.list', '  chatkit store.listThreads']);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('are not made for what the app does by itself', async () => {
    const chat = await serve();
    await expect(chat.app.as({ userId: 'alice' }).thread('thr_x')).rejects.toThrow();
    expect(ended()).toEqual([]);
  });
});

/** Where nothing waits, and where each event waits for its store. */
const stores: [string, () => TestChatOptions['store']][] = [
  ['a store that answers at once', () => new MemoryStore()],
  [
    'a store that takes its time',
    () =>
      interfere(new MemoryStore(), async (_, proceed) => {
        await turn();
        return proceed();
      }),
  ],
  ['a store that commits later', () => new OrderedStore().store],
];

describe.each(stores)('what a handler does is a part of it, on %s', (_, makeStore) => {
  it('whatever it yields', async () => {
    await act('item.select', { id: 'x' }, { store: makeStore()! });
    const parents = Object.fromEntries(
      ended()
        .filter(({ instrumentationScope }) => instrumentationScope.name === 'application')
        .map((span) => [span.name, parentOf(span)]),
    );
    expect(parents).toEqual({
      guard: 'chatkit guards',
      responder: 'Shop.reply',
      'before the first event': 'Shop.select',
      'after the first event': 'Shop.select',
      'after one that is stored': 'Shop.select',
      'after one that is emitted': 'Shop.select',
      'delta x': 'Shop.select',
      'delta y': 'Shop.select',
      'after a stream of texts': 'Shop.select',
      'in an Observable': 'Shop.select',
      'after a promise': 'Shop.select',
      'at the end': 'Shop.select',
    });
  });

  it.each([
    ['intercepted', 'interceptor', 'Shop.intercepted'],
    ['intercepted', 'in the intercepted', 'Shop.intercepted'],
  ])('behind interceptors: %s, %s', async (action, name, parent) => {
    await act(action, {}, { store: makeStore()! });
    expect(parentOf(await spanNamed(name))).toBe(parent);
  });

  it('in handlers that answer with one value', async () => {
    const chat = await serve({ store: makeStore()! });
    const threadId = await chat.newThread();
    await chat.post(wire.actSync(threadId, undefined, 'sync'));
    expect(parentOf(await spanNamed('in sync'))).toBe('Shop.sync');
    const [item] = await chat.items(threadId);
    await chat.post(wire.feedback(threadId, [item!.id]));
    expect(parentOf(await spanNamed('in feedback'))).toBe('Shop.feedback');
  });

  it('in its finally blocks, when the client has left', async () => {
    const chat = await serve({ store: makeStore()! });
    const threadId = await chat.newThread();
    const stream = await chat.open(wire.act(threadId, undefined, 'waits'));
    await begun.opened;
    stream.leave();
    await spanNamed('chatkit threads.custom_action');
    latch.open();
    expect(parentOf(await spanNamed('finally'))).toBe('Shop.waits');
    expect(parentOf(await spanNamed('when cancelled'))).toBe('Shop.cancelled');
  });
});

describe('an error', () => {
  it.each([
    ['item.select', { id: 5 }, 'Shop.select', 'invalid_payload', SpanStatusCode.UNSET],
    ['guarded', {}, 'Shop.guarded', 'forbidden', SpanStatusCode.UNSET],
    ['throws', {}, 'Shop.throws', 'TypeError', SpanStatusCode.ERROR],
  ] as const)(
    'of %s is on the spans of its handler and its request',
    async (type, given, where, code, status) => {
      const { span } = await act(type, given);
      const spans = [span, await spanNamed(where), await spanNamed('chatkit stream')];
      for (const each of spans) {
        expect(each.attributes).toMatchObject({ 'error.type': code });
        expect(each.status).toEqual({ code: status });
        expect(each.events).toEqual([]);
      }
      expect(spans[2]!.attributes).toMatchObject({ 'chatkit.stream.ending': 'error' });
    },
  );

  it('is on the span of the validation or the guards that threw it', async () => {
    await act('item.select', { id: 5 });
    expect((await spanNamed('chatkit validation')).attributes).toMatchObject({
      'error.type': 'invalid_payload',
    });
    await act('guarded');
    expect((await spanNamed('chatkit guards')).attributes).toMatchObject({ 'error.type': 'forbidden' });
  });

  it('that a filter has turned into a message is on the span of its handler alone', async () => {
    const { span } = await act('apologises');
    expect((await spanNamed('Shop.apologises')).attributes).toMatchObject({ 'error.type': 'not_yours' });
    expect(span.attributes).not.toHaveProperty('error.type');
    expect((await spanNamed('chatkit stream')).attributes).toMatchObject({ 'chatkit.stream.ending': 'done' });
  });

  it('that a handler yields as an event is told by its code', async () => {
    const { span } = await act('tells');
    expect(span.attributes).toMatchObject({ 'error.type': 'custom' });
    expect((await spanNamed('Shop.tells')).attributes).not.toHaveProperty('error.type');
  });

  it('of an action without a handler is on its request', async () => {
    const { span } = await act('nowhere');
    expect(span.attributes).toMatchObject({ 'error.type': 'unknown_action' });
  });

  it.each([
    ['a request that is no JSON', '{', 'chatkit request', 'invalid_json', SpanStatusCode.UNSET],
    [
      'a thread that is not there',
      wire.getThread('thr_x'),
      'chatkit threads.get_by_id',
      'not_found',
      SpanStatusCode.UNSET,
    ],
  ] as const)('of %s is on its span', async (_, body, name, code, status) => {
    const chat = await serve();
    await chat.post(body);
    const span = await spanNamed(name);
    expect(span.attributes).toMatchObject({ 'error.type': code });
    expect(span.status).toEqual({ code: status });
  });

  it('of the store is on its call and its request', async () => {
    const store = interfere(new MemoryStore(), ({ method }, proceed) => {
      if (method === 'listThreads') throw new RangeError('The disk is full.');
      return proceed();
    });
    const chat = await serve({ store });
    await chat.post(wire.listThreads());
    for (const name of ['chatkit store.listThreads', 'chatkit threads.list']) {
      const { attributes, status } = await spanNamed(name);
      expect(attributes).toMatchObject({ 'error.type': 'RangeError' });
      expect(status.code).toBe(SpanStatusCode.ERROR);
    }
  });

  it('is recorded with its message where that is wanted', async () => {
    await act('throws', {}, { telemetry: openTelemetry({ recordErrors: true }) });
    const [event] = (await spanNamed('Shop.throws')).events;
    expect(event?.attributes).toMatchObject({ 'exception.message': 'It broke.' });
  });
});

describe('the span of a stream', () => {
  it('tells its events and bytes', async () => {
    const { reply } = await act('tells');
    const { attributes } = await spanNamed('chatkit stream');
    expect(attributes).toMatchObject({
      'chatkit.stream.events': reply.events.length,
      'chatkit.stream.bytes': Buffer.byteLength(reply.text),
    });
  });

  it.each(['cancel', 'finish'] as const)(
    'tells that the client has gone (onDisconnect: %s)',
    async (onDisconnect) => {
      const listener = chatkit({
        controllers: [Shop],
        store: new MemoryStore(),
        owner: 'shared',
        onDisconnect,
        telemetry: openTelemetry(),
      });
      afterThisTest(() => listener.close({ timeoutMs: 0 }));
      const closed = new Latch();
      const url = await listen((request, response) => {
        response.on('close', () => !response.writableEnded && closed.open());
        listener(request, response);
      });
      const threadId = threadIdOf(await post(url, wire.create()));
      const stream = await open(url, wire.act(threadId, undefined, 'waits'));
      await begun.opened;
      stream.leave();
      await closed.opened;
      if (onDisconnect === 'finish') latch.open();
      await spanNamed('chatkit threads.custom_action');
      const { attributes, status } = await spanNamed('chatkit stream');
      expect(attributes).toMatchObject({ 'chatkit.stream.ending': 'client_gone' });
      expect(attributes).not.toHaveProperty('error.type');
      expect(status.code).toBe(SpanStatusCode.UNSET);
      latch.open();
    },
  );

  it('tells that the server has cancelled it', async () => {
    const chat = await serve();
    const threadId = await chat.newThread();
    const stream = await chat.open(wire.act(threadId, undefined, 'waits'));
    await begun.opened;
    await chat.post(wire.deleteThread(threadId));
    await stream.end();
    await spanNamed('chatkit threads.custom_action');
    expect((await spanNamed('chatkit stream')).attributes).toMatchObject({
      'chatkit.stream.ending': 'cancelled',
      'error.type': 'not_found',
    });
    latch.open();
  });

  it('tells that it waited in vain', async () => {
    const chat = await serve({ threads: { waitMs: 1 } });
    const threadId = await chat.newThread();
    const stream = await chat.open(wire.act(threadId, undefined, 'waits'));
    await begun.opened;
    await chat.post(wire.act(threadId, undefined, 'tells'));
    expect((await spanNamed('chatkit stream')).attributes).toMatchObject({
      'chatkit.stream.ending': 'error',
      'error.type': 'thread_busy',
    });
    expect((await spanNamed('chatkit lock')).attributes).toEqual({ 'chatkit.lock.acquired': false });
    latch.open();
    await stream.end();
  });

  it('ends when the client has left before the stream began', async () => {
    const loading = new Latch();
    const store = interfere(new MemoryStore(), async ({ method }, proceed) => {
      if (method === 'loadThread') {
        begun.open();
        await loading.opened;
      }
      return proceed();
    });
    const chat = await serve({ store });
    const threadId = await chat.newThread();
    const aborter = new AbortController();
    const sending = chat.post(wire.act(threadId, undefined, 'tells'), { signal: aborter.signal });
    await begun.opened;
    aborter.abort();
    await sending.catch(() => undefined);
    const span = await spanNamed('chatkit threads.custom_action');
    expect(span.attributes).toMatchObject({ 'error.type': 'client_left' });
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    loading.open();
  });
});

test('a request that waits for its thread has the wait as a span', async () => {
  const chat = await serve();
  const threadId = await chat.newThread();
  const first = await chat.open(wire.act(threadId, undefined, 'waits'));
  await begun.opened;
  const second = chat.post(wire.act(threadId, undefined, 'tells'));
  await until(
    () => ended().some(({ attributes }) => attributes['chatkit.lock.acquired'] === false),
    'the try that finds the thread busy',
  );
  latch.open();
  await Promise.all([first.end(), second]);
  const span = await spanNamed('Shop.tells');
  expect(parentOf(span)).toBe('chatkit threads.custom_action');
  expect(parentOf(await spanNamed('chatkit lock'))).toBe('chatkit threads.custom_action');
});

test('a sync action that comes by the stream is a handler like any other', async () => {
  await act('sync');
  expect(parentOf(await spanNamed('in sync'))).toBe('Shop.sync');
  expect(parentOf(await spanNamed('Shop.sync'))).toBe('chatkit threads.custom_action');
});
