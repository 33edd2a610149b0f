import { concatMap, Observable } from 'rxjs';
import {
  added,
  assistantMessage,
  ChatController,
  clientEffect,
  ConflictError,
  defineAction,
  InvalidPayloadError,
  notice,
  OnAction,
  OnMessage,
  progress,
  replace,
  streamWidget,
  type ChatContext,
  type EventDraft,
  type HandlerResult,
  type SyncResult,
  type WidgetItem,
} from '../../src';
import { MemoryStore } from '../../src/stores';
import { serveChat, type TestChat, type TestChatOptions } from '../support/chat';
import { interfere, type StoreMethod } from '../support/failing-store';
import { FORGOTTEN_AWAITS, HOSTILE_VALUES } from '../support/hostile';
import * as wire from '../support/requests';

/*
 * Whatever the application's code throws, rejects with, yields or returns, the request is answered and its
 * thread is free afterwards. What is caught nowhere would end the process: Jest fails a test for it.
 */

type Value = () => unknown;

function fail(value: unknown): never {
  throw value;
}

/** An iterator whose first step is a value; it ends after that. */
function stepsOf(value: Value) {
  const steps = [value()];
  const step = (): unknown => (steps.length > 0 ? steps.pop() : { done: true });
  return { next: step, throw: step, return: step };
}

/** What a handler does with a value. */
const WAYS: Record<string, (value: Value, ctx: ChatContext) => unknown> = {
  throws: (value) => fail(value()),
  'rejects with it': (value) => Promise.resolve().then(() => fail(value())),
  'returns it': (value) => value(),
  'returns it later': (value) => Promise.resolve().then(() => [value()]),
  'yields it': function* (value) {
    yield value();
  },
  'yields it later': async function* (value) {
    yield assistantMessage('first');
    yield [value()];
  },
  'throws it after an event': async function* (value) {
    yield added({
      type: 'assistant_message',
      content: [{ type: 'output_text', text: 'Half', annotations: [] }],
    });
    await new Promise((resolve) => setImmediate(resolve));
    fail(value());
  },
  'throws it in its finally block': async function* (value) {
    try {
      yield* [];
      throw new Error('x');
    } finally {
      fail(value());
    }
  },
  'gives it out of an Observable': (value) =>
    new Observable((out) => {
      out.next(value());
      out.complete();
    }),
  'ends an Observable with it': (value) => new Observable((out) => out.error(value())),
  'hands out an Observable that ends with it and cannot be unsubscribed from': (value) => ({
    subscribe(out: { error(error: unknown): void }) {
      setImmediate(() => out.error(value()));
      return {
        get unsubscribe() {
          return fail(value());
        },
      };
    },
  }),
  'hands out an iterator whose step is it': (value) => ({ [Symbol.asyncIterator]: () => stepsOf(value) }),
  'hands out a plain iterator whose step is it': (value) => ({ [Symbol.iterator]: () => stepsOf(value) }),
  'hands out an iterator whose value is it': (value) => [Promise.resolve(), [[value()]]],
  'emits it': async (value, ctx) => {
    await ctx.emit(value() as never);
  },
  'streams a widget with it': (value) =>
    streamWidget(async function* () {
      yield { type: 'Card', children: [{ type: 'Text', value: 'a' }] };
      await new Promise((resolve) => setImmediate(resolve));
      yield { type: 'Card', children: [{ type: 'Text', value: 'a' }, value()] };
    }),
  'has it in the second of two events': (value) => [
    assistantMessage('first'),
    [clientEffect('move', { to: value() })],
  ],
  'changes its widget into it': (value, ctx) =>
    [ctx.sender].map((sender) => sender && replace(sender, async () => ({ type: 'Card', in: value() }))),
  'puts it into its thread': (value, ctx) => {
    Object.assign(ctx.thread.metadata, { value: value() });
    return assistantMessage('Hello');
  },
  'makes it the title of its thread': (value, ctx) => {
    ctx.thread.title = value() as never;
    return assistantMessage('Hello');
  },
  'keeps it as a value': async (value, ctx) => {
    await ctx.store.putValue('key', value());
    await ctx.store.putValue('key', { in: value() });
  },
  'keeps it in an item': async (value, ctx) => {
    await ctx.store.saveItem({ ...itemIn(ctx), copy_text: value() as never });
    await ctx.store.saveItem({ ...itemIn(ctx), widget: value() as never });
  },
  'keeps it in its thread': (value, ctx) =>
    ctx.store.patchThread(ctx.thread.id, { title: value() as never, metadata: { value: value() } }),
  'tells it to the user': (value) => fail(new ConflictError(value() as never)),
  'tells it to the user as a code': (value) => fail(new ConflictError('x', { code: value() as never })),
  'tells it to the user as issues': (value) => fail(new InvalidPayloadError(value() as never)),
  'tells it to the user in an issue': (value) =>
    fail(new InvalidPayloadError([{ path: value() as never, message: value() as never }])),
  'answers the user with it by events': (value) => [
    progress(value() as never),
    notice('info', value() as never),
  ],
  'has it in a change of an item': (value) => ({
    type: 'thread.item.updated',
    item_id: 'msg_1',
    update: { type: 'widget.root.updated', widget: value() },
  }),
  'emits it when all is over': (value, ctx) => {
    setImmediate(() =>
      setImmediate(() => void ctx.emit(clientEffect('move', { to: value() })).catch(() => 0)),
    );
  },
  'emits it and waits for nothing': (value, ctx) => {
    void ctx.emit(value() as never);
  },
};

/** The hook that a value comes from, as options and a controller. */
const HOOKS: Record<string, (value: Value) => Partial<TestChatOptions>> = {
  'a guard that throws': (value) => ({ guards: [() => fail(value())] }),
  'a guard that answers with it': (value) => ({ guards: [() => value() as boolean] }),
  'a filter that throws': (value) => ({ filters: [() => fail(value())] }),
  'a filter that answers with it': (value) => ({ filters: [() => value() as HandlerResult] }),
  'an interceptor that throws': (value) => ({ interceptors: [() => fail(value())] }),
  'an interceptor that answers with it': (value) => ({ interceptors: [() => value() as never] }),
  'an interceptor that ends the events with it': (value) => ({
    interceptors: [() => new Observable<never>((out) => out.error(value()))],
  }),
  'an owner that is it': (value) => ({ context: () => ({ userId: value() as string }) }),
  'a container that throws': (value) => ({ container: { get: () => fail(value()) } }),
};

function controllers(handler: (ctx: ChatContext) => unknown) {
  @ChatController('item')
  class Items {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return ctx.action === null ? assistantMessage('Hello') : undefined;
    }

    @OnAction('select', { payload: 'unchecked' })
    select(_payload: unknown, ctx: ChatContext) {
      return handler(ctx) as HandlerResult;
    }

    @OnAction(defineAction('item.star', { sync: true }))
    star(_payload: unknown, ctx: ChatContext) {
      return handler(ctx) as SyncResult;
    }
  }
  return [Items];
}

/** Each request is answered, and the next one for the same thread as well. */
async function isAnswered(chat: TestChat, threadId: string): Promise<void> {
  const bodies = [
    wire.act(threadId, undefined, 'item.select'),
    wire.actSync(threadId, undefined, 'item.star'),
  ];
  for (const body of [...bodies, ...bodies]) {
    const { status } = await chat.post(body);
    expect([body.type, [200, 400, 401, 403, 404, 409, 422, 500].includes(status)]).toEqual([body.type, true]);
  }
}

const itemIn = ({ thread }: ChatContext): WidgetItem => ({
  id: 'wgt_1',
  thread_id: thread.id,
  created_at: '2026-01-01T00:00:00.000Z',
  type: 'widget',
  widget: { type: 'Card', children: [] },
});

const failing = (): HandlerResult => fail(new Error('x'));

/** A chat that is served twice: at first as it should be, to have a thread there. */
async function serveOnThread(options: TestChatOptions): Promise<[TestChat, string]> {
  const store = new MemoryStore();
  const threadId = await (await serveChat({ controllers: controllers(failing), store })).newThread();
  return [await serveChat({ store, ...options }), threadId];
}

const VALUES = { ...HOSTILE_VALUES, ...FORGOTTEN_AWAITS };

describe.each(Object.keys(VALUES))('%s', (name) => {
  const value = VALUES[name]!;

  test.each(Object.keys(WAYS))('a handler that %s', async (way) => {
    const chat = await serveChat({ controllers: controllers((ctx) => WAYS[way]!(value, ctx)) });
    await isAnswered(chat, await chat.newThread());
  });

  test.each(Object.keys(HOOKS))('%s', async (hook) => {
    await isAnswered(...(await serveOnThread({ controllers: controllers(failing), ...HOOKS[hook]!(value) })));
  });

  test('a logger that throws it', async () => {
    const log = (): void => fail(value());
    const logger = { debug: log, info: log, warn: log, error: log };
    await isAnswered(...(await serveOnThread({ controllers: controllers(failing), logger })));
  });

  test('a handler whose interceptor takes its time with it', async () => {
    const slowly = (_: unknown, next: () => Observable<EventDraft>) =>
      next().pipe(concatMap((event) => new Promise<EventDraft>((resolve) => setImmediate(resolve, event))));
    const chat = await serveChat({
      controllers: controllers((ctx) => (ctx.sender === null ? [value()] : undefined)),
      interceptors: [slowly],
    });
    await isAnswered(chat, await chat.newThread());
  });

  const methods: StoreMethod[] = ['loadThread', 'openRun', 'closeRun', 'saveItem', 'patchThread'];
  test.each(methods)('a store whose %s fails with it, at once and later', async (method) => {
    for (const later of [false, true]) {
      const memory = new MemoryStore();
      let on = false;
      const store = interfere(memory, (call, proceed) => {
        if (!on || call.method !== method) return proceed();
        return later ? Promise.resolve().then(() => fail(value())) : fail(value());
      });
      const handler = (ctx: ChatContext) => {
        ctx.thread.title = String(Math.random());
        return assistantMessage('Hello');
      };
      const chat = await serveChat({ controllers: controllers(handler), store });
      const threadId = await chat.newThread();
      on = true;
      await isAnswered(chat, threadId);
    }
  });
});
