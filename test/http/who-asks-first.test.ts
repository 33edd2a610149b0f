import { Readable } from 'node:stream';
import { assistantMessage, ChatController, ForbiddenError, OnMessage } from '../../src';
import { serveChat, userOf, type TestChatOptions } from '../support/chat';
import { ADAPTERS, type User } from '../support/adapters';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const controllers = [Controller];
const nobody = { user: null };
const UNPARSED = Object.entries(ADAPTERS).filter(([name]) => !name.includes('express.json'));

describe.each(UNPARSED)('through %s', (name, adapter) => {
  const serve = (options: Omit<TestChatOptions, 'controllers'> = {}) =>
    serveChat({ controllers, ...options }, adapter);

  test.each<[number, TestChatOptions['context']]>([
    [401, () => null],
    [
      403,
      () => {
        throw new ForbiddenError();
      },
    ],
    [403, () => Promise.reject(new ForbiddenError())],
  ])('a refusal with %i waits for no body', async (status, context) => {
    const chat = await serve({ context: context! });
    const raw = (await RawSocket.open(chat.url)).read();
    raw.request('', { 'content-length': 1000 });
    await raw.untilReceived(new RegExp(`^HTTP/1.1 ${String(status)} [^]*"request_id"`));
  });

  test('no body is parsed before it is known who asks', async () => {
    const chat = await serve();
    const parse = jest.spyOn(JSON, 'parse');
    try {
      expect((await chat.post(wire.create(), nobody)).status).toBe(401);
      expect(parse).not.toHaveBeenCalled();
      expect((await chat.post(wire.create())).status).toBe(200);
      expect(parse).toHaveBeenCalled();
    } finally {
      parse.mockRestore();
    }
  });

  test.each<[string, string, number]>([
    ['is not JSON', '{"type":', 400],
    ['is empty', '', 400],
    ['is too large', JSON.stringify(wire.create('x'.repeat(2000))), 413],
    ['names no operation', '{}', 400],
  ])('a body that %s is 401 for nobody, and its own error for a user', async (_, body, status) => {
    const chat = await serve({ bodyLimit: 1000 });
    expect((await chat.post(body, nobody)).status).toBe(401);
    expect((await chat.post(body)).status).toBe(status);
  });

  test('a content type that is not taken is refused before anybody is asked', async () => {
    const context = jest.fn(userOf);
    const chat = await serve({ context });
    const reply = await chat.post(wire.create(), { user: null, headers: { 'content-type': 'text/plain' } });
    expect(reply.status).toBe(415);
    expect(context).not.toHaveBeenCalled();
  });

  test('a body that arrives while it is still being asked who sends it is read whole', async () => {
    const latch = new Latch();
    const chat = await serve({ context: (request) => latch.opened.then(() => userOf(request)) });
    const text = 'ä€😀'.repeat(50_000);
    const answered = chat.post(wire.create(text));
    latch.open();
    const { types, events } = await answered;
    expect(types.at(-1)).toBe('thread.item.done');
    expect(JSON.stringify(events[1])).toContain(text);
  });

  test('a client that leaves while it is being asked who sends is let go, and nothing is logged', async () => {
    const latch = new Latch();
    let asked = 0;
    const chat = await serve({
      context: async (request) => {
        asked += 1;
        await latch.opened;
        return userOf(request);
      },
    });
    const raw = await RawSocket.open(chat.url);
    raw.request(JSON.stringify(wire.create()), { 'content-length': 5000 });
    await until(() => asked === 1);
    raw.hangUp();
    await raw.untilClosed();
    latch.open();
    expect((await chat.post(wire.create())).status).toBe(200);
    expect(chat.logger.lines).toEqual([]);
  });

  test('a `context` that takes the body away is told so in the log, and nobody waits', async () => {
    const chat = await serve({
      context: async (request): Promise<User> => {
        if ('text' in request) await request.text();
        else await request.toArray();
        return { userId: 'alice' };
      },
    });
    expect((await chat.post(wire.create())).status).toBe(500);
    expect(chat.logger.lines).toMatchObject([{ level: 'error', details: { code: 'body_already_read' } }]);
  });

  if (name === 'fetch') {
    test('a `context` that reads a copy of the request leaves the body to the chat', async () => {
      const texts: string[] = [];
      const chat = await serve({
        context: async (request): Promise<User> => {
          texts.push(await (request as Request).clone().text());
          return { userId: 'alice' };
        },
      });
      const { types } = await chat.post(wire.create());
      expect(types.at(-1)).toBe('thread.item.done');
      expect(texts).toEqual([JSON.stringify(wire.create())]);
    });
  } else {
    test('a `context` that reads the body and leaves it in req.body spares the chat the reading', async () => {
      const chat = await serve({
        context: async (request): Promise<User> => {
          const readable = request as unknown as Readable & { body?: unknown };
          readable.body = JSON.parse(Buffer.concat(await readable.toArray()).toString()) as unknown;
          return { userId: 'alice' };
        },
      });
      expect((await chat.post(wire.create())).types.at(-1)).toBe('thread.item.done');
    });
  }
});
