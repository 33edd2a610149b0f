import {
  assistantMessage,
  assistantMessageStream,
  ChatController,
  OnAction,
  OnMessage,
  replace,
  type ChatContext,
  type EventDraft,
  type UserMessageItem,
} from '../../src';
import { MemoryStore } from '../../src/stores';
import { serveChat, textOf, type TestChatOptions } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';

const FAKE = '__fake_id__';

function* say(text: string): Generator<EventDraft> {
  const item = (content: string): EventDraft & { type: 'thread.item.done' } => {
    const { item: made } = assistantMessage(content) as EventDraft & { type: 'thread.item.done' };
    return { type: 'thread.item.done', item: { ...made, id: FAKE } as never };
  };
  yield { type: 'thread.item.added', item: item('').item };
  yield item(text);
}

@ChatController()
class Controller {
  /** As an agent library has it, which gives every message the same id. */
  @OnMessage()
  *reply(message: UserMessageItem) {
    const [text = ''] = message.content.map((part) => part.text);
    if (text === 'twice') yield* say('one');
    yield* text === 'stream' ? [assistantMessageStream(words())] : say(`You said ${text}.`);
  }

  @OnAction('contend', { payload: 'unchecked' })
  *contend(_: unknown, ctx: ChatContext) {
    yield replace(ctx.sender, async (current) => {
      const { item } = await ctx.store.loadItem(ctx.thread.id, ctx.sender!.id);
      await ctx.store.saveItem(item); // as another request would
      return current;
    });
  }
}

async function* words(): AsyncGenerator<string> {
  for (const word of ['Hello', ' you']) yield await Promise.resolve(word);
}

const serve = (options: Partial<TestChatOptions> = {}) =>
  serveChat({ controllers: [Controller], ...options });
const TAKEN = {
  level: 'warn',
  message:
    'an item of type assistant_message was added with the id of an existing item of type assistant_message, and replaces it',
  details: {
    code: 'item_id_taken',
    itemId: FAKE,
    where: 'Controller.reply',
    fix: expect.stringContaining('Leave out the id') as unknown,
  },
};

describe.each<[string, () => Partial<TestChatOptions>]>([
  ['at once', () => ({})],
  ['later', () => ({ store: slow(new MemoryStore()) })],
])('with a store that answers %s', (_, options) => {
  test('a message that takes the place of an earlier one is warned of in development', async () => {
    const chat = await serve(options());
    const threadId = await chat.newThread();
    const warnings = () => chat.logger.lines.filter(({ level }) => level === 'warn');
    expect(warnings()).toEqual([]);
    const reply = await chat.post(wire.say(threadId, 'again'));
    expect(warnings()).toMatchObject([TAKEN]);
    expect(reply.types.slice(-2)).toEqual(['thread.item.added', 'thread.item.done']);
    expect(reply.text).not.toMatch(/taken|"error"/);
    const answers = (await chat.items(threadId)).filter(({ type }) => type === 'assistant_message');
    expect(answers.map(textOf)).toEqual(['You said again.']);
  });

  test('so is one that takes the place of another of the same run', async () => {
    const chat = await serve(options());
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'stream'));
    chat.logger.lines.splice(0);
    const other = await chat.newThread(); // the same id elsewhere is no matter
    expect(chat.logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    await chat.post(wire.say(other, 'twice'));
    expect(chat.logger.lines.filter(({ level }) => level === 'warn')).toMatchObject([TAKEN, TAKEN]);
  });

  test('messages with ids of their own are not warned of', async () => {
    const chat = await serve(options());
    const threadId = await chat.newThread();
    for (let turn = 0; turn < 3; turn += 1) await chat.post(wire.say(threadId, 'stream'));
    expect(chat.logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  test('in production nothing is looked for', async () => {
    const store = slow(new MemoryStore());
    const chat = await serve({ store, mode: 'production' });
    const threadId = await chat.newThread();
    store.calls.splice(0);
    await chat.post(wire.say(threadId, 'again'));
    expect(store.calls.filter(({ method }) => method === 'loadItem')).toEqual([]);
    expect(chat.logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });
});

test('who loses against others three times reads no id', async () => {
  const chat = await serve();
  const threadId = await chat.newThread();
  const thread = await chat.app.as({ userId: 'alice' }).thread(threadId);
  const widget = { type: 'Card' as const, children: [] };
  const { id } = await thread.add({ type: 'thread.item.done', item: { type: 'widget', widget } });
  const reply = await chat.post(wire.act(threadId, id, 'contend'));
  const last = reply.events.at(-1);
  expect(last).toMatchObject({
    type: 'error',
    code: 'custom',
    message: 'This was changed by another request in the meantime. Try again.',
  });
  expect(JSON.stringify(last)).not.toContain(id);
});
