import { ChatController, OnAction, OnFeedback, OnMessage, type FeedbackInput } from '../../src';
import { DEFAULT_LIMITS } from '../../src/protocol';
import { serveChat, type TestChatOptions } from '../support/chat';
import * as wire from '../support/requests';
import type { Wire } from '../support/requests';

/*
 * A schema makes an issue for each entry that is wrong, and 50,000 values are within the limits of a
 * body: long lists are refused before, and so is what takes a parser long.
 */

const given: FeedbackInput[] = [];

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return [];
  }

  @OnFeedback()
  feedback(input: FeedbackInput) {
    given.push(input);
  }

  @OnAction('count', { payload: 'unchecked', sync: true })
  count() {
    return undefined;
  }
}

const serve = (options: Partial<TestChatOptions> = {}) =>
  serveChat({ controllers: [Controller], ...options });

const filled = (length: number, value: unknown): unknown[] => Array.from({ length }, () => value);

interface List {
  path: string;
  code: string;
  limit: number;
  request(threadId: string, length: number): Wire;
}

const many = { code: 'too_many_entries', limit: DEFAULT_LIMITS.entries };

/** Each with entries that a schema would find wrong. */
const LISTS: Record<string, List> = {
  'parts of a message': {
    ...many,
    path: 'params.input.content',
    request: (threadId, length) =>
      wire.say(threadId, 'x', { content: filled(length, { type: 'input_tag' }) }),
  },
  'parts of a first message': {
    ...many,
    path: 'params.input.content',
    request: (_, length) => wire.create('x', { content: filled(length, 5) }),
  },
  attachments: {
    path: 'params.input.attachments',
    code: 'too_many_attachments',
    limit: DEFAULT_LIMITS.attachments,
    request: (threadId, length) => wire.say(threadId, 'x', { attachments: filled(length, '\0') }),
  },
  'ids of feedback': {
    ...many,
    path: 'params.item_ids',
    request: (threadId, length) => wire.feedback(threadId, filled(length, '\0') as string[]),
  },
  'values of one answer': {
    ...many,
    path: 'params.input.answers',
    request: (threadId, length) =>
      wire.answer(threadId, 'item', { answers: { q: { values: filled(length - 1, 5) } } }),
  },
  'values of many answers': {
    ...many,
    path: 'params.input.answers',
    request: (threadId, length) => {
      const answers = filled(50, 0).map((_, index) => [
        `q${String(index)}`,
        { values: filled(index === 0 ? 19 + length - 1000 : 19, 5) },
      ]);
      return wire.answer(threadId, 'item', { answers: Object.fromEntries(answers) as object });
    },
  },
};

test.each(Object.entries(LISTS))('%s are so many, or refused without an issue for each', async (_, list) => {
  const chat = await serve();
  const threadId = await chat.newThread();
  const before = await chat.items(threadId);

  const most = await chat.post(list.request(threadId, list.limit));
  expect([most.status, most.json['error'].code]).toEqual([400, 'bad_request']);
  expect(most.json['error'].more_issues).toBeGreaterThan(0);

  const { status, json } = await chat.post(list.request(threadId, list.limit + 1));
  const message = `has more than ${String(list.limit)} entries`;
  expect(status).toBe(400);
  expect(json['error']).toMatchObject({ code: list.code, issues: [{ path: list.path, message }] });
  expect(json['error']).not.toHaveProperty('more_issues');
  expect(await chat.items(threadId)).toEqual(before);
});

test('as much feedback as may be reaches its handler, and the limit is an option', async () => {
  const chat = await serve({ limits: { entries: 3 } });
  const threadId = await chat.newThread();
  const [item] = await chat.items(threadId);
  const ids = filled(3, item!.id) as string[];
  expect((await chat.post(wire.feedback(threadId, ids))).status).toBe(200);
  expect(given.at(-1)?.item_ids).toEqual(ids);
  expect((await chat.post(wire.feedback(threadId, [...ids, ids[0]!]))).json['error'].code).toBe(
    'too_many_entries',
  );
});

test('numbers that are close to the middle between two others are refused by the thousand', async () => {
  const chat = await serve();
  const threadId = await chat.newThread();
  const digits = String((2n ** 54n - 1n) * 5n ** 1075n); // the middle between two numbers near 4e-308
  const number = `${digits.slice(0, 1)}.${digits.slice(1, 140)}e-308`;
  const body = (count: number): string =>
    JSON.stringify(wire.actSync(threadId, undefined, 'count', '?')).replace(
      '"?"',
      `[${filled(count, number).join()}]`,
    );
  expect((await chat.post(body(5_000))).status).toBe(200);
  const { status, json } = await chat.post(body(9_000));
  expect([status, json['error'].code]).toEqual([400, 'payload_too_large']);
  expect(json['error'].message).toContain('holds more than 50000 values and keys');
});
