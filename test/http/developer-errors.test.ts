import { Subject } from 'rxjs';
import {
  assistantMessage,
  ChatController,
  ChatError,
  ConflictError,
  clientEffect,
  defineAction,
  OnAction,
  OnMessage,
  replace,
  respond,
  StreamError,
  StreamOptions,
  widget,
  type ChatContext,
  type HandlerEvent,
  type ThreadItem,
  type WidgetItem,
} from '../../src';
import { serveChat, type TestChat } from '../support/chat';
import * as wire from '../support/requests';

/*
 * What is wrong in the application's code is told to its developers, in the log: code, class and method,
 * problem and fix. The user learns that something failed, and nothing else.
 */

const foreign: ThreadItem = {
  id: 'item_1',
  thread_id: 'thr_of_another',
  created_at: '2020-01-01T00:00:00.000Z',
  type: 'assistant_message',
  content: [{ type: 'output_text', text: 'Hi', annotations: [] }],
};
const pay = defineAction('pay');
const buttonOf = (payload: unknown) => ({
  type: 'Card',
  children: [{ type: 'Button', onClickAction: { ...pay(undefined, { sign: [] }), payload } }],
});

let ended: ChatContext | undefined;

/** What a handler does wrong, by the code of the error. */
const MISTAKES: Record<string, (ctx: ChatContext) => Iterable<unknown> | AsyncIterable<unknown>> = {
  *wrong_thread() {
    yield { type: 'thread.item.done', item: foreign };
  },
  *not_a_widget(ctx) {
    yield { type: 'thread.item.done', item: { ...foreign, thread_id: ctx.thread.id } };
    yield replace('item_1', (current) => current);
  },
  *action_not_signed() {
    yield widget(buttonOf('a text'));
  },
  *buffer_overflow(ctx) {
    for (let n = 0; n < 3000; n += 1) void ctx.emit(clientEffect('many', { n }));
    yield clientEffect('last');
  },
  async *run_ended() {
    await ended!.emit(clientEffect('late'));
    yield clientEffect('never');
  },
};

@ChatController()
class Mistaken {
  @OnMessage()
  async *reply(_: unknown, ctx: ChatContext): AsyncGenerator<HandlerEvent> {
    yield assistantMessage('Hello');
    if (ctx.action !== null) yield respond('Again');
  }

  @OnAction('leave', { payload: 'unchecked' })
  leave(_: unknown, ctx: ChatContext) {
    ended = ctx;
    return clientEffect('left');
  }

  @OnAction('deep', { payload: 'unchecked' })
  *deep() {
    yield respond('Down');
  }

  @OnAction('err.**', { payload: 'unchecked' })
  async *err(_: unknown, ctx: ChatContext) {
    yield* MISTAKES[ctx.action!.type.slice('err.'.length)]!(ctx) as AsyncIterable<HandlerEvent>;
  }

  @OnAction('sync.wrong_thread', { sync: true, payload: 'unchecked' })
  wrongThread() {
    return foreign;
  }

  @OnAction('sync.not_a_widget', { sync: true, payload: 'unchecked' })
  async notAWidget(_: unknown, ctx: ChatContext) {
    await ctx.store.saveItem({ ...foreign, thread_id: ctx.thread.id });
    return replace('item_1', (current) => current);
  }

  @OnAction('sync.not_an_item', { sync: true, payload: 'unchecked' })
  notAnItem() {
    return 7 as never;
  }
}

const serve = (mode: 'production' | 'development') =>
  serveChat({ controllers: [Mistaken], mode, signing: { keys: ['k'.repeat(32)] } });

/** The log's one error, and that nothing of it is in the answer. */
function logged(chat: TestChat, answered: string): Record<string, unknown> {
  const errors = chat.logger.lines.filter(({ level }) => level === 'error');
  expect(errors).toHaveLength(1);
  const { details, message } = errors[0]!;
  const { fix } = details as { fix?: string };
  expect(answered).not.toContain(message);
  if (fix === undefined) return details;
  expect(message.endsWith(` ${fix}`)).toBe(true);
  expect(answered).not.toContain(fix);
  return details;
}

describe.each(['production', 'development'] as const)('in %s a mistake of the developer', (mode) => {
  test.each(Object.keys(MISTAKES))('%s is in the log, and a generic error in the stream', async (code) => {
    const chat = await serve(mode);
    const threadId = await chat.newThread();
    await chat.post(wire.act(threadId, undefined, 'leave'));
    const reply = await chat.post(wire.act(threadId, undefined, `err.${code}`));
    expect(reply.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: false });
    expect(logged(chat, reply.text)).toMatchObject({ code, where: 'Mistaken.err', fix: expect.any(String) });
  });

  test('respond_too_deep is logged with the handler that went too deep', async () => {
    const chat = await serve(mode);
    const reply = await chat.post(wire.act(await chat.newThread(), undefined, 'deep'));
    expect(reply.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: false });
    expect(logged(chat, reply.text)).toMatchObject({ code: 'respond_too_deep', where: 'Mistaken.reply' });
  });

  test.each(['wrong_thread', 'not_a_widget'])('%s is a generic 500 of a sync action', async (code) => {
    const chat = await serve(mode);
    const reply = await chat.post(wire.actSync(await chat.newThread(), undefined, `sync.${code}`));
    expect([reply.status, reply.json['error'].code]).toEqual([500, 'internal_error']);
    const where = code === 'wrong_thread' ? 'Mistaken.wrongThread' : 'Mistaken.notAWidget';
    expect(logged(chat, reply.text)).toMatchObject({ code, where, fix: expect.any(String) });
  });

  test('that is any other error is logged with its class and method, too', async () => {
    const chat = await serve(mode);
    const reply = await chat.post(wire.actSync(await chat.newThread(), undefined, 'sync.not_an_item'));
    expect(reply.status).toBe(500);
    expect(logged(chat, reply.text)).toMatchObject({ where: 'Mistaken.notAnItem' });
  });
});

test.each(['stream', 'sync'])('a code beyond all measure is cut, %s', async (kind) => {
  const code = 'x'.repeat(100_000);
  @ChatController()
  class Long {
    @OnMessage()
    reply() {
      throw new StreamError(code);
    }

    @OnAction('sync', { sync: true, payload: 'unchecked' })
    sync(): undefined {
      throw new ChatError('No.', 409, code);
    }
  }
  const chat = await serveChat({ controllers: [Long] });
  const thread = await chat.newThread();
  const { text } = await chat.post(
    kind === 'stream' ? wire.say(thread) : wire.actSync(thread, undefined, 'sync'),
  );
  expect(text).toContain(`"code":"${'x'.repeat(100)}…"`);
  expect(text.length).toBeLessThan(2_000);
  expect(new ConflictError('No.', { code }).code).toHaveLength(101);
});

test('an id that is taken is in the log, and a generic 500', async () => {
  let made = 0;
  const chat = await serveChat({
    controllers: [Mistaken],
    generateId: (kind) => (kind === 'thread' ? 'thr_always' : `${kind}_${String(made++)}`),
  });
  await chat.post(wire.create());
  const reply = await chat.post(wire.create(), { user: 'bob' });
  expect([reply.status, reply.json['error'].code]).toEqual([500, 'internal_error']);
  expect(reply.text).not.toContain('thr_always');
  expect(logged(chat, reply.text)).toMatchObject({ code: 'id_taken' });
});

test('an invalid event is told to the developer alone, in development', async () => {
  @ChatController()
  class Odd {
    @OnMessage()
    reply(): HandlerEvent {
      return { type: 'notice', level: 'loud' as never, message: 'Hi' };
    }
  }
  const chat = await serveChat({ controllers: [Odd], mode: 'development' });
  const reply = await chat.post(wire.create());
  expect(reply.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
  expect(logged(chat, reply.text)).toMatchObject({ code: 'invalid_event', where: 'Odd.reply' });
});

describe('an error after a responder', () => {
  test('is logged with the handler that went on', async () => {
    @ChatController()
    class Nested {
      @OnMessage()
      reply() {
        return assistantMessage('Hello');
      }

      @OnAction('go', { payload: 'unchecked' })
      async *go() {
        yield respond('Hi');
        yield { type: 'thread.item.done', item: foreign } as HandlerEvent;
      }
    }
    const chat = await serveChat({ controllers: [Nested] });
    const reply = await chat.post(wire.act(await chat.newThread(), undefined, 'go'));
    expect(logged(chat, reply.text)).toMatchObject({ code: 'wrong_thread', where: 'Nested.go' });
  });
});

test('what has no handler is not said to come from the @StreamOptions before it', async () => {
  @ChatController()
  class Presented {
    @OnMessage()
    reply() {
      return assistantMessage('Hello');
    }

    @StreamOptions()
    present() {
      return { allow_cancel: true };
    }
  }
  const chat = await serveChat({ controllers: [Presented], mode: 'development' });
  await chat.post(wire.act(await chat.newThread(), undefined, 'nothing'));
  const [line] = chat.logger.lines.filter(({ level }) => level === 'warn');
  expect(line?.details).toMatchObject({ code: 'unknown_action', action: 'nothing' });
  expect(line?.details).not.toHaveProperty('where');
});

describe('what has no handler is a warning with its fix', () => {
  @ChatController()
  class Some {
    @OnMessage()
    reply() {
      return assistantMessage('Hello');
    }

    @OnAction('stream', { payload: 'unchecked' })
    stream() {
      return new Subject<HandlerEvent>();
    }

    @OnAction('sync', { sync: true, payload: 'unchecked' })
    sync(_: unknown, { sender }: { sender: WidgetItem | null }) {
      return sender ?? undefined;
    }
  }

  test.each([
    ['nothing', wire.act, 'Add a method with @OnAction'],
    ['nothing', wire.actSync, 'Add a method with @OnAction'],
    [
      'stream',
      wire.actSync,
      'Some.stream is a streaming handler: leave `streaming: false` out of the widget.',
    ],
  ])('%s', async (name, request, fix) => {
    const chat = await serveChat({ controllers: [Some], mode: 'development' });
    const reply = await chat.post(request(await chat.newThread(), undefined, name));
    expect(reply.text).toContain(`The action \\"${name}\\" is not available.`);
    expect(reply.text).not.toMatch(/streaming|@OnAction|Some/);
    const [line] = chat.logger.lines.filter(({ level }) => level === 'warn');
    expect(line?.details).toMatchObject({ code: 'unknown_action', action: name });
    expect(line?.details['fix']).toContain(fix);
  });

  test.each([
    ['development', 'Did you mean "stream"? Send that name. Otherwise: Add a method'],
    ['production', 'Add a method with @OnAction'],
  ] as const)('whose name resembles that of a handler, in %s', async (mode, fix) => {
    const chat = await serveChat({ controllers: [Some], mode });
    await chat.post(wire.act(await chat.newThread(), undefined, 'stram'));
    const [line] = chat.logger.lines.filter(({ level }) => level === 'warn');
    expect(String(line?.details['fix']).startsWith(fix)).toBe(true);
  });
});

test.each([
  ['a widget', () => ({ type: 'Card', children: [] })],
  ['replace(sender, …)', (sender: WidgetItem | null) => replace(sender, { type: 'Card', children: [] })],
])('a sync action of the page that answers with %s is told that it needs a widget', async (_, answer) => {
  @ChatController()
  class Page {
    @OnMessage()
    reply() {
      return assistantMessage('Hello');
    }

    @OnAction('star', { sync: true, payload: 'unchecked' })
    star(__: unknown, { sender }: ChatContext) {
      return answer(sender);
    }
  }
  const chat = await serveChat({ controllers: [Page] });
  const thread = await chat.newThread();
  const reply = await chat.post(wire.actSync(thread, undefined, 'star'));
  expect([reply.status, reply.json['error']]).toMatchObject([400, { code: 'no_sender' }]);
  const { events } = await chat.post(wire.act(thread, undefined, 'star'));
  expect(events.at(-1)).toMatchObject({ type: 'error', message: expect.stringContaining('from a widget') });
});
