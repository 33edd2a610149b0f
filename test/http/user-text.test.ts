import {
  assistantMessage,
  ChatController,
  OnMessage,
  structuredInput,
  type UserMessageItem,
  type ChatContext,
} from '../../src';
import { DEFAULT_LIMITS } from '../../src/protocol';
import { serveChat, type TestChatOptions } from '../support/chat';
import type { Reply } from '../support/client';
import * as wire from '../support/requests';
import type { Wire } from '../support/requests';

@ChatController()
class Controller {
  @OnMessage()
  reply(message: UserMessageItem | null, ctx: ChatContext) {
    ctx.thread.title ??= 'First';
    if (message?.content[0]?.text !== 'ask') return assistantMessage('Hello!');
    return structuredInput([{ id: 'q', type: 'freeform', question: 'Why?' }] as never);
  }
}

const serve = (options: Partial<TestChatOptions> = {}) =>
  serveChat({ controllers: [Controller], ...options });

function message(input: Record<string, unknown>): (threadId: string) => Wire {
  return (thread_id) => ({
    type: 'threads.add_user_message',
    params: { thread_id, input: { ...wire.userInput(''), ...input } },
  });
}

const x = (length: number): string => 'x'.repeat(length);
const tag = (fields: object) => ({ type: 'input_tag', id: '', text: '', data: {}, ...fields });

/** Requests with as much text as is said. What is around it counts as little. */
const WAYS: Record<string, (length: number) => (threadId: string, itemId: string) => Wire> = {
  'one part': (length) => message({ content: [{ type: 'input_text', text: x(length) }] }),
  'many parts': (length) =>
    message({
      content: Array.from({ length: 10 }, () => ({ type: 'input_text', text: x(Math.ceil(length / 10)) })),
    }),
  'a quote': (length) => message({ quoted_text: x(length) }),
  'the text of a tag': (length) => message({ content: [tag({ text: x(length) })] }),
  'the id of a tag': (length) => message({ content: [tag({ id: x(length) })] }),
  'the group of a tag': (length) => message({ content: [tag({ group: x(length) })] }),
  'the data of a tag': (length) => message({ content: [tag({ data: { key: x(length) } })] }),
  'a key in the data of a tag': (length) => message({ content: [tag({ data: { [x(length)]: 1 } })] }),
  'the name of a model': (length) => message({ inference_options: { model: x(length) } }),
  'the id of a tool': (length) => message({ inference_options: { tool_choice: { id: x(length) } } }),
  answers: (length) => (threadId, itemId) =>
    wire.answer(threadId, itemId, { answers: { q: { values: [x(length / 2), x(length / 2)] } } }),
  'a title': (length) => (threadId) => wire.rename(threadId, x(length)),
};

const PATHS: Record<string, string> = { answers: 'params.input.answers', 'a title': 'params.title' };

function expectRefused(reply: Reply, path: string, limit: number): void {
  const message = `has more than ${String(limit)} characters of text`;
  expect(reply.status).toBe(400);
  expect(reply.json['error']).toMatchObject({
    code: 'text_too_long',
    message: `${path} ${message}. Send less, or the text as a file.`,
    issues: [{ path, message }],
  });
}

describe.each(Object.entries(WAYS))('%s', (name, make) => {
  const path = PATHS[name] ?? 'params.input';

  test('with as much text as may be is taken, and with more it is refused and nothing is stored', async () => {
    const limit = 1000;
    const chat = await serve({ limits: { userText: limit } });
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'ask'));
    const asked = (await chat.items(threadId)).at(-1)!;
    const before = [await chat.items(threadId), await chat.thread(threadId)];
    expectRefused(await chat.post(make(limit + 2)(threadId, asked.id)), path, limit);
    expect([await chat.items(threadId), await chat.thread(threadId)]).toEqual(before);
    // Names of fields and braces of a tag's data are counted as well.
    expect((await chat.post(make(limit - 20)(threadId, asked.id))).status).toBe(200);
  });

  test('is limited by default, far below what a body may have', async () => {
    const chat = await serve();
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'ask'));
    const asked = (await chat.items(threadId)).at(-1)!;
    expectRefused(await chat.post(make(250_000)(threadId, asked.id)), path, DEFAULT_LIMITS.userText);
  });
});

test('texts of a message count together, to the character', async () => {
  const chat = await serve({ limits: { userText: 30 } });
  const content = [
    { type: 'input_text', text: x(10) },
    { type: 'input_text', text: '😀'.repeat(5) },
  ];
  const threadId = await chat.newThread();
  expect((await chat.post(message({ content, quoted_text: x(10) })(threadId))).status).toBe(200);
  expectRefused(await chat.post(message({ content, quoted_text: x(11) })(threadId)), 'params.input', 30);
});

test('a first message is limited as well, and leaves no thread', async () => {
  const chat = await serve({ limits: { userText: 10 } });
  expectRefused(await chat.post(wire.create(x(11))), 'params.input', 10);
  expect((await chat.post(wire.listThreads())).json['data']).toEqual([]);
});

test('what the application says is not limited', async () => {
  const chat = await serve({ limits: { userText: 10 } });
  const threadId = await chat.newThread();
  const thread = await chat.app.as({ userId: 'alice' }).thread(threadId);
  await thread.add(assistantMessage(x(1000)));
  expect(JSON.stringify((await chat.items(threadId)).at(-1))).toContain(x(1000));
});

test('a message has so many attachments, however often it names one, and a file a name of a thousand characters', async () => {
  const chat = await serve({ limits: { attachments: 3 } });
  const threadId = await chat.newThread();
  const attachments = Array.from({ length: 4 }, () => 'atc_1');
  for (const request of [wire.create('x', { attachments }), wire.say(threadId, 'x', { attachments })]) {
    const { status, json } = await chat.post(request);
    expect([status, json['error'].code]).toEqual([400, 'too_many_attachments']);
    expect(json['error'].issues).toEqual([
      { path: 'params.input.attachments', message: 'has more than 3 entries' },
    ]);
  }
  const few = await chat.post(wire.say(threadId, 'x', { attachments: attachments.slice(1) }));
  expect(few.status).toBe(404); // there is no such attachment
  for (const [name, type] of [
    ['n'.repeat(1001), 'image/png'],
    ['n', `image/${'p'.repeat(250)}`],
  ] as const) {
    expect((await chat.post(wire.announce(name, 3, type))).json['error'].code).toBe('bad_request');
  }
});
