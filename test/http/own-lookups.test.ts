import {
  assistantMessage,
  assistantMessageFilter,
  ChatController,
  NotFoundError,
  OnAction,
  OnFeedback,
  OnMessage,
  remove,
  replace,
  UseFilters,
  type ChatContext,
} from '../../src';
import { serveChat, type TestChat } from '../support/chat';
import * as wire from '../support/requests';

/*
 * A handler that asks for something that is not there: the store's text names the id, which may come
 * from the code, the database or the client's payload. The user learns that something was not found, the
 * log which handler asked for what.
 */

const SECRET = 'inner_4711';
const GENERIC = 'What was asked for was not found.';

let chat: TestChat;

const QUESTIONS: Record<string, (ctx: ChatContext) => unknown> = {
  'loading an item': (ctx) => ctx.store.loadItem(ctx.thread.id, SECRET),
  'loading an item of another thread': (ctx) => ctx.store.loadItem(SECRET, 'item'),
  'loading a thread': (ctx) => ctx.store.loadThread(SECRET),
  'changing a thread': (ctx) => ctx.store.patchThread(SECRET, { title: 'x' }),
  'listing after an item': (ctx) =>
    ctx.store.listItems(ctx.thread.id, { limit: 1, order: 'asc', after: SECRET }),
  'listing after a thread': (ctx) => ctx.store.listThreads({ limit: 1, order: 'asc', after: SECRET }),
  'deleting from a thread': (ctx) => ctx.store.deleteItem(SECRET, 'item'),
  'loading an attachment': (ctx) => ctx.store.loadAttachment(SECRET),
  'changing an attachment': (ctx) => ctx.store.patchAttachment(SECRET, { metadata: {} }),
  'asking for a thread by the app': () => chat.app.as({ userId: 'alice' }).thread(SECRET),
  'replacing a widget': () => replace(SECRET, (current) => current),
};

@ChatController()
class Asking {
  @OnMessage()
  reply() {
    return assistantMessage('Hello');
  }

  @OnAction('stream.*', { payload: 'unchecked' })
  async *stream(_: unknown, ctx: ChatContext) {
    yield (await QUESTIONS[ctx.action!.type.slice('stream.'.length)]!(ctx)) as never;
  }

  @OnAction('sync.*', { payload: 'unchecked', sync: true })
  async sync(_: unknown, ctx: ChatContext) {
    return (await QUESTIONS[ctx.action!.type.slice('sync.'.length)]!(ctx)) as never;
  }

  @OnAction('message', { payload: 'unchecked' })
  @UseFilters(assistantMessageFilter)
  async *message(_: unknown, ctx: ChatContext) {
    yield (await ctx.store.loadItem(ctx.thread.id, SECRET)) as never;
  }

  @OnAction('caught', { payload: 'unchecked', sync: true })
  async caught(_: unknown, ctx: ChatContext) {
    await ctx.store.loadItem(ctx.thread.id, SECRET).catch(() => undefined);
    return undefined;
  }

  @OnAction('own', { payload: 'unchecked', sync: true })
  async own(_: unknown, ctx: ChatContext) {
    return ctx.store.loadItem(ctx.thread.id, SECRET).then(
      () => undefined,
      (cause: unknown) => {
        throw new NotFoundError('This booking is gone.', { cause });
      },
    );
  }

  @OnAction('absent', { payload: 'unchecked' })
  absent() {
    return remove(SECRET);
  }

  @OnFeedback()
  feedback() {
    return undefined;
  }
}

beforeEach(async () => {
  chat = await serveChat({ controllers: [Asking] });
});

function expectWarning(where: string, answered: string): void {
  expect(answered).not.toContain(SECRET);
  const lines = chat.logger.lines.filter(({ level }) => level === 'warn' || level === 'error');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'warn',
    details: { code: 'not_found', where, fix: expect.stringContaining('Catch the NotFoundError') as string },
  });
  expect((lines[0]!.details['err'] as Error).message).toContain(SECRET);
}

describe.each(Object.keys(QUESTIONS))('%s that is not there', (question) => {
  test('is logged with its handler, and told in the stream without the id', async () => {
    const { events, text } = await chat.post(
      wire.act(await chat.newThread(), undefined, `stream.${question}`),
    );
    const error = { type: 'error', code: 'custom', message: GENERIC, allow_retry: false };
    expect(events.at(-1)).toEqual(error);
    expectWarning('Asking.stream', text);
  });

  test('is a generic 404 of a sync action', async () => {
    const { status, json, text } = await chat.post(
      wire.actSync(await chat.newThread(), undefined, `sync.${question}`),
    );
    expect([status, json['error'].code, json['error'].message]).toEqual([404, 'not_found', GENERIC]);
    expectWarning('Asking.sync', text);
  });
});

test('assistantMessageFilter says it without the id as well', async () => {
  const { text } = await chat.post(wire.act(await chat.newThread(), undefined, 'message'));
  expect(text).toContain(`Action failed: ${GENERIC}`);
  expectWarning('Asking.message', text);
});

test('a handler that catches the error leaves nothing in the log', async () => {
  const { status } = await chat.post(wire.actSync(await chat.newThread(), undefined, 'caught'));
  expect(status).toBe(200);
  expect(chat.logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
});

test('an error that the handler makes for the user keeps its text', async () => {
  const { status, json } = await chat.post(wire.actSync(await chat.newThread(), undefined, 'own'));
  expect([status, json['error'].message]).toEqual([404, 'This booking is gone.']);
});

test('what the client itself asks for is answered with the id that it sent', async () => {
  const { status, json } = await chat.post(wire.feedback(await chat.newThread(), ['mine']));
  expect([status, json['error'].message]).toEqual([404, 'Item "mine" was not found.']);
  expect(chat.logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
});

test('an item that is removed and not there is no error', async () => {
  const { events } = await chat.post(wire.act(await chat.newThread(), undefined, 'absent'));
  expect(events.at(-1)).toEqual({ type: 'thread.item.removed', item_id: SECRET });
});
