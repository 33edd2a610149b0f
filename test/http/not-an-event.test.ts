import {
  assistantMessage,
  ChatController,
  defineAction,
  OnAction,
  OnMessage,
  type ChatContext,
  type HandlerResult,
  type SyncResult,
  type ThreadItem,
} from '../../src';
import { Card, ListView } from '../../src/widgets/components';
import { serveChat } from '../support/chat';
import * as wire from '../support/requests';

/*
 * The compiler refuses handlers that return something else than they should. What it cannot see is told
 * in the log, with the handler, the action, and what to write instead; the user learns nothing of it.
 */

const card = Card({ children: [] });
const item = { type: 'task', task: { type: 'custom', title: 'x' } } as unknown as ThreadItem;
const EVENTS = 'Yield what an event helper returns, such as assistantMessage(), widget() or replace().';

/** What a handler hands out, what the log calls it, and the fix. */
const VALUES: [value: unknown, what: string, fix: string][] = [
  [card, 'the widget component Card', 'Wrap it in widget(…).'],
  [ListView({ children: [] }), 'the widget component ListView', 'Wrap it in widget(…).'],
  ['Hello', 'text', 'Put it into a message: assistantMessage(…).'],
  [item, 'an item of type "task"', 'Wrap it in done(…).'],
  [5, 'a number', EVENTS],
  [true, 'a boolean', EVENTS],
  [assistantMessage, 'a function', EVENTS],
  [{ text: 'Hello', to: 'Ada' }, 'an object with the keys [text, to]', EVENTS],
  [{ type: 'message' }, 'an object of type "message"', EVENTS],
];

const WAYS: Record<string, (value: unknown) => unknown> = {
  returned: (value) => value,
  'returned later': (value) => Promise.resolve(value),
  'in an array': (value) => [assistantMessage('first'), value],
  yielded: function* (value) {
    yield value;
  },
  'yielded later': async function* (value) {
    yield Promise.resolve(value);
  },
};

async function serve(handler: (ctx: ChatContext) => unknown, mode: 'development' | 'production') {
  @ChatController('item')
  class Items {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return (ctx.action === null ? undefined : handler(ctx)) as HandlerResult;
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
  return serveChat({ controllers: [Items], mode });
}

describe.each(['development', 'production'] as const)('in %s', (mode) => {
  test.each(VALUES)('a handler that hands out %p is told what it is and how to mend it', async (...row) => {
    const [value, what, fix] = row;
    for (const [way, handler] of Object.entries(WAYS)) {
      const chat = await serve(() => handler(value), mode);
      const reply = await chat.post(wire.act(await chat.newThread(), undefined, 'item.select'));
      expect([way, reply.events.at(-1)]).toEqual([
        way,
        { type: 'error', code: 'stream.error', allow_retry: false },
      ]);
      const [line, ...more] = chat.logger.lines.filter(({ level }) => level === 'error');
      expect([way, line?.message, more]).toEqual([
        way,
        `Items.select returned or yielded ${what} for the action "item.select", which is not an event. ${fix}`,
        [],
      ]);
      expect(line?.details).toMatchObject({ code: 'not_an_event', where: 'Items.select', fix });
    }
  });

  test('a handler may catch it where it yielded', async () => {
    async function* catching() {
      try {
        yield card as never;
      } catch (error) {
        yield assistantMessage(String(error));
      }
    }
    const chat = await serve(catching, mode);
    const reply = await chat.post(wire.act(await chat.newThread(), undefined, 'item.select'));
    expect(reply.text).toContain('Wrap it in widget(…).');
  });

  test('emit rejects what is no event, and the run goes on', async () => {
    const chat = await serve(async (ctx) => {
      await expect(ctx.emit(card as never)).rejects.toThrow(
        'Items.select returned or yielded the widget component Card',
      );
      return assistantMessage('still here');
    }, mode);
    const reply = await chat.post(wire.act(await chat.newThread(), undefined, 'item.select'));
    expect(reply.text).toContain('still here');
  });

  test.each([
    ['an event of type "thread.item.done"', assistantMessage('Hi')],
    ['a value of type string', 'Hello'],
    ['a value of type number', 5],
    ['a value of type object', [card]],
  ])('a sync handler that answers with %s stores nothing', async (what, value) => {
    const chat = await serve(() => value, mode);
    const threadId = await chat.newThread();
    const before = await chat.items(threadId);
    const reply = await chat.post(wire.actSync(threadId, undefined, 'item.star'));
    expect([reply.status, reply.json['error'].code]).toEqual([500, 'internal_error']);
    expect(await chat.items(threadId)).toEqual(before);
    const [line] = chat.logger.lines.filter(({ level }) => level === 'error');
    expect(line?.message).toBe(
      `Items.star answered the sync action "item.star" with ${what}. Return a widget, an item, the ` +
        'result of replace(), or nothing. To send events, leave out `sync: true`.',
    );
    expect(line?.details).toMatchObject({ code: 'not_an_update', where: 'Items.star' });
  });
});
