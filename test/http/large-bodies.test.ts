import { assistantMessage, ChatController, OnAction, OnMessage, OnTranscribe } from '../../src';
import { DEFAULT_LIMITS } from '../../src/protocol';
import { serveChat, type TestChatOptions } from '../support/chat';
import { ADAPTERS } from '../support/adapters';
import * as wire from '../support/requests';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }

  @OnAction('count', { sync: true, payload: 'unchecked' })
  count(payload: unknown) {
    return { type: 'Card', children: [], seen: JSON.stringify(payload).length } as never;
  }

  @OnTranscribe()
  transcribe({ data }: { data: Uint8Array }) {
    return String(data.length);
  }
}

const MIB = 1024 * 1024;
const SIZE = 7 * MIB;
/** In a request that fits. */
const inAction = (payload: string): string =>
  `{"type":"threads.custom_action","params":{"thread_id":"t","action":{"type":"a","payload":${payload}}}}`;
/** More than may be, and fewer than take long. */
const N = DEFAULT_LIMITS.values;

/** Bodies within `bodyLimit` that would take long to parse. */
const HOSTILE: Record<string, string> = {
  'arrays that are never closed': '['.repeat(SIZE),
  'arrays in one another': '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2),
  'objects in one another': '{"a":'.repeat(SIZE / 5),
  'empty arrays': inAction(`[${'[],'.repeat(N)}[]]`),
  'empty objects': inAction(`[${'{},'.repeat(N)}{}]`),
  numbers: inAction(`[${'1,'.repeat(N)}1]`),
  'long numbers': inAction(`[${'1.7976931348623157e308,'.repeat(N)}1]`),
  texts: inAction(`[${'"",'.repeat(N)}""]`),
  keys: inAction(`{${Array.from({ length: N / 2 }, (_, index) => `"k${String(index)}":1`).join()}}`),
  'keys again and again': inAction(`{${'"a":1,'.repeat(N / 2)}"a":1}`),
  quotes: '"'.repeat(SIZE),
  words: inAction(`[${'true '.repeat(N)}]`),
};

/** What is to be parsed: the bodies that are sent through a server in this process. */
function parsed(): string[] {
  const { mock } = jest.mocked(JSON.parse);
  return mock.calls.map(([text]) => text);
}

describe.each(Object.entries(ADAPTERS))('through %s', (name, adapter) => {
  const serve = (options: Omit<TestChatOptions, 'controllers'> = {}) =>
    serveChat({ controllers: [Controller], ...options }, adapter);

  if (!name.includes('express.json')) {
    test.each(Object.entries(HOSTILE))('%s are refused before they are parsed', async (_, body) => {
      const chat = await serve();
      const parse = jest.spyOn(JSON, 'parse');
      try {
        const reply = await chat.post(body);
        expect(parsed()).toEqual([]);
        parse.mockRestore();
        expect([reply.status, reply.json['error'].code]).toEqual([400, 'payload_too_large']);
        expect(reply.json['error'].message).toBe(
          `The value holds more than ${String(N)} values and keys. Send it in parts.`,
        );
      } finally {
        parse.mockRestore();
      }
    });

    test.each(['\\u00e9', 'é', '中', '😀', '\\n', 'a'])(
      'texts of %p in megabytes arrive whole',
      async (unit) => {
        const chat = await serve();
        const threadId = await chat.newThread();
        const texts = Array.from({ length: 3 }, () => JSON.parse(`"${unit.repeat(400_000)}"`) as string);
        const payload = `[${texts.map(() => `"${unit.repeat(400_000)}"`).join()}]`;
        const body = `{"type":"threads.sync_custom_action","params":{"thread_id":"${threadId}","action":{"type":"count","payload":${payload}}}}`;
        const item = await sender(chat, threadId);
        const reply = await chat.post(body.replace('"action"', `"item_id":"${item}","action"`));
        expect(reply.json['updated_item'].widget.seen).toBe(JSON.stringify(texts).length);
      },
    );
  }

  test('values that a parser before has parsed are counted too', async () => {
    const chat = await serve({ limits: { values: 100 } });
    const threadId = await chat.newThread();
    const reply = await chat.post(
      wire.act(
        threadId,
        undefined,
        'x',
        Array.from({ length: 100 }, () => 1),
      ),
    );
    expect([reply.status, reply.json['error'].code]).toEqual([400, 'payload_too_large']);
    expect(reply.json['error'].message).toContain('more than 100 values');
  });

  test('a recording of megabytes is read', async () => {
    const chat = await serve();
    const reply = await chat.post(wire.dictate('QUJD'.repeat(SIZE / 4)));
    expect(reply.json).toEqual({ text: String((SIZE / 4) * 3) });
  });
});

async function sender(chat: Awaited<ReturnType<typeof serveChat>>, threadId: string): Promise<string> {
  const thread = await chat.app.as({ userId: 'alice' }).thread(threadId);
  const item = await thread.add({
    type: 'thread.item.done',
    item: { type: 'widget', widget: { type: 'Card', children: [] } },
  });
  return item.id;
}
