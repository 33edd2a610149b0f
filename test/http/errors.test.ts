import { concat, of, throwError } from 'rxjs';
import {
  assistantMessage,
  assistantMessageFilter,
  ChatController,
  ChatError,
  CustomStreamError,
  errorEventFilter,
  ForbiddenError,
  MemoryStore,
  OnAction,
  OnMessage,
  StreamError,
  UnauthorizedError,
  UseFilters,
  UseGuards,
  type ChatContext,
  type HandlerResult,
} from '../../src';
import { serveChat, textOf, type TestChatOptions } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';

const one = assistantMessage('one');

/** Every way for a handler to fail after its first event, or before it. */
const WAYS: Record<string, (before: boolean, error: unknown) => HandlerResult> = {
  'an async generator': async function* (before, error) {
    if (!before) yield one;
    throw error;
  },
  'a generator': function* (before, error) {
    if (!before) yield one;
    throw error;
  },
  'an Observable': (before, error) =>
    before
      ? throwError(() => error)
      : concat(
          of(one),
          throwError(() => error),
        ),
  'an array with a promise in it': (before, error) =>
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the test
    before ? Promise.reject(error) : [one, Promise.reject(error)],
  'a generator that yields a promise': function* (before, error) {
    if (!before) yield one;
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the test
    yield Promise.reject(error);
  },
};

function failing(
  handler: (ctx: ChatContext) => HandlerResult,
  options: Omit<TestChatOptions, 'controllers'> = {},
) {
  @ChatController()
  class Failing {
    @OnMessage()
    reply(_: unknown, ctx: ChatContext): HandlerResult {
      return handler(ctx);
    }

    @OnAction('act', { payload: 'unchecked' })
    act(_: unknown, ctx: ChatContext): HandlerResult {
      return handler(ctx);
    }
  }
  return serveChat({ controllers: [Failing], ...options });
}

describe.each(Object.entries(WAYS))('%s', (_, way) => {
  test('that fails before its first event ends the stream with an error', async () => {
    const chat = await failing(() => way(true, new Error('SECRET')));
    const reply = await chat.post(wire.create());
    expect(reply.types).toEqual(['thread.created', 'thread.item.done', 'stream_options', 'error']);
    expect(reply.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(reply.text).not.toContain('SECRET');
    expect(chat.logger.messages('error')).toHaveLength(1);
    expect(chat.logger.lines[0]?.details).toMatchObject({ requestId: reply.headers.get('x-request-id') });
  });

  test('that fails after its first event keeps that event', async () => {
    const chat = await failing(() => way(false, new Error('SECRET')));
    const threadId = (await chat.post(wire.create())).events.find((each) => each.type === 'thread.created')!
      .thread.id;
    const reply = await chat.post(wire.say(threadId));
    expect(reply.types).toEqual(['thread.item.done', 'stream_options', 'thread.item.done', 'error']);
    expect((await chat.items(threadId)).map(textOf)).toEqual(['Hello', 'one', 'Hello', 'one']);
    expect(reply.text).not.toContain('SECRET');
  });
});

test('a promise that rejects before its turn in an array has come is heard of when it comes', async () => {
  const chat = await failing(() => [one, Promise.reject(new CustomStreamError('No.')), one], {
    store: slow(new MemoryStore()),
  });
  const reply = await chat.post(wire.create());
  expect(reply.types.slice(-2)).toEqual(['thread.item.done', 'error']);
  expect(reply.events.at(-1)).toHaveProperty('message', 'No.');
});

test('a handler that throws at once ends the stream with an error', async () => {
  const chat = await failing(() => {
    throw new Error('SECRET');
  });
  expect((await chat.post(wire.create())).types.at(-1)).toBe('error');
});

test.each([undefined, null, 'SECRET', 0, { message: 'SECRET' }, Object.create(null)])(
  'a handler that throws %p ends the stream with an error',
  async (thrown) => {
    const chat = await failing(() => {
      throw thrown;
    });
    const reply = await chat.post(wire.create());
    expect(reply.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(reply.text).not.toContain('SECRET');
  },
);

test.each<[string, Error, object]>([
  [
    'CustomStreamError',
    new CustomStreamError('No seats left.', { allowRetry: true }),
    { code: 'custom', message: 'No seats left.', allow_retry: true },
  ],
  [
    'CustomStreamError without retry',
    new CustomStreamError('No.'),
    { code: 'custom', message: 'No.', allow_retry: false },
  ],
  ['StreamError', new StreamError(), { code: 'stream.error', allow_retry: true }],
  [
    'StreamError of a code',
    new StreamError('rate_limit', { allowRetry: false }),
    { code: 'rate_limit', allow_retry: false },
  ],
  [
    'ForbiddenError',
    new ForbiddenError(),
    { code: 'custom', message: 'Permission denied.', allow_retry: false },
  ],
  [
    'ChatError',
    new ChatError('Mine.', 418, 'teapot'),
    { code: 'custom', message: 'Mine.', allow_retry: false },
  ],
  [
    'UnauthorizedError',
    new UnauthorizedError('Log in.'),
    { code: 'custom', message: 'Log in.', allow_retry: false },
  ],
  ['Error', new TypeError('SECRET'), { code: 'stream.error', allow_retry: true }],
])('%s becomes its event in a message, and never offers retry in an action', async (_, error, expected) => {
  const chat = await failing(() => {
    throw error;
  });
  const reply = await chat.post(wire.create());
  expect(reply.events.at(-1)).toEqual({ type: 'error', ...expected });
  const created = reply.events.find((each) => each.type === 'thread.created');
  const acted = await chat.post(wire.act(created!.thread.id, undefined, 'act'));
  expect(acted.events.at(-1)).toEqual({ type: 'error', ...expected, allow_retry: false });
});

test('of a changed thread and an error, the error is told first', async () => {
  const chat = await failing((ctx) => {
    ctx.thread.title = 'Changed';
    throw new CustomStreamError('No.');
  });
  const reply = await chat.post(wire.create());
  expect(reply.types.slice(-2)).toEqual(['error', 'thread.updated']);
  expect(reply.events.at(-1)).toHaveProperty('thread.title', 'Changed');
});

describe('a guard that refuses', () => {
  @ChatController()
  class Guarded {
    @OnMessage()
    reply() {
      return one;
    }

    @OnAction('danger', { payload: 'unchecked' })
    @UseGuards((ctx) => (ctx.requestContext as { userId: string }).userId === 'admin')
    danger() {
      return one;
    }

    @OnAction('danger.sync', { sync: true, payload: 'unchecked' })
    @UseGuards(() => Promise.resolve(false))
    dangerSync() {
      return undefined;
    }

    @OnAction('broken', { payload: 'unchecked' })
    @UseGuards(() => {
      throw new Error('SECRET');
    })
    broken() {
      return one;
    }
  }

  test('lets the allowed in, and answers the others with an error event', async () => {
    const chat = await serveChat({ controllers: [Guarded] });
    const admin = { user: 'admin' };
    const [threadId, theirs] = [await chat.newThread(), await chat.newThread(admin)];
    expect((await chat.post(wire.act(theirs, undefined, 'danger'), admin)).types.at(-1)).toBe(
      'thread.item.done',
    );
    const refused = await chat.post(wire.act(threadId, undefined, 'danger'));
    expect(refused.types).toEqual(['stream_options', 'error']);
    expect(refused.events[1]).toMatchObject({
      code: 'custom',
      message: 'Permission denied.',
      allow_retry: false,
    });
  });

  test('is a 403 for a sync action', async () => {
    const chat = await serveChat({ controllers: [Guarded] });
    const reply = await chat.post(wire.actSync(await chat.newThread(), undefined, 'danger.sync'));
    expect([reply.status, reply.json['error'].code]).toEqual([403, 'forbidden']);
  });

  test('by throwing tells nothing', async () => {
    const chat = await serveChat({ controllers: [Guarded] });
    const reply = await chat.post(wire.act(await chat.newThread(), undefined, 'broken'));
    expect(reply.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: false });
  });

  test('is answered with a stored message where a filter says so', async () => {
    const chat = await serveChat({ controllers: [Guarded], filters: [assistantMessageFilter] });
    const threadId = await chat.newThread();
    const reply = await chat.post(wire.act(threadId, undefined, 'danger'));
    expect(reply.types).toEqual(['stream_options', 'thread.item.done']);
    expect(textOf((await chat.items(threadId)).at(-1))).toBe('Permission denied.');
  });
});

describe('filters', () => {
  const says = (text: string) => () => assistantMessage(text);
  const passes = () => undefined;

  test.each([
    [
      'the method before the controller and the application',
      [says('method')],
      [says('class')],
      [says('app')],
      'method',
    ],
    ['the controller where the method passes', [passes], [says('class')], [says('app')], 'class'],
    ['the application where the others pass', [passes], [passes], [says('app')], 'app'],
    [
      'the next outwards of one that fails',
      [
        () => {
          throw new Error('filter');
        },
      ],
      [says('class')],
      [],
      'class',
    ],
  ])('%s', async (_, ofMethod, ofClass, ofApp, expected) => {
    @ChatController()
    @UseFilters(...ofClass)
    class Filtered {
      @OnMessage()
      @UseFilters(...ofMethod)
      *reply() {
        yield one;
        throw new Error('SECRET');
      }
    }
    const chat = await serveChat({ controllers: [Filtered], filters: ofApp });
    const reply = await chat.post(wire.create());
    expect(reply.types.slice(-2)).toEqual(['thread.item.done', 'thread.item.done']);
    expect(reply.text).toContain(`"text":"${expected}"`);
    expect(reply.text).not.toContain('SECRET');
  });

  test('are passed by what no one catches, and the default answers', async () => {
    const chat = await failing(
      () => {
        throw new Error('SECRET');
      },
      { filters: [passes, errorEventFilter] },
    );
    expect((await chat.post(wire.create())).events.at(-1)).toMatchObject({ code: 'stream.error' });
  });
});

test('what is no event ends the stream with an error that tells nothing', async () => {
  for (const odd of [42, 'text', { kind: 'x' }, { type: 'no.such.event' }, true]) {
    for (const handler of [() => odd, () => [odd], () => Promise.resolve(odd)]) {
      const chat = await failing(handler as () => never, { mode: 'production' });
      const reply = await chat.post(wire.create());
      expect([odd, reply.types.at(-1)]).toEqual([odd, 'error']);
      expect(reply.events.at(-1)).toMatchObject({ code: 'stream.error' });
    }
  }
});
