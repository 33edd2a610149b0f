import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import express from 'express';
import express4 from 'express4';
import {
  assistantMessage,
  ChatController,
  ChatError,
  ForbiddenError,
  OnMessage,
  UnauthorizedError,
} from '../../src';
import { chatkit as onExpress, type ChatKitMiddleware } from '../../src/express';
import { chatkit as onFetch } from '../../src/fetch';
import { chatkit as onNode } from '../../src/node';
import { MemoryStore } from '../../src/stores';
import { serveChat, userOf } from '../support/chat';
import { post } from '../support/client';
import { ADAPTERS, listen, type User } from '../support/adapters';
import { RecordingLogger } from '../support/logger';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { Latch, pause, until } from '../support/wait';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const controllers = [Controller];

describe.each(Object.entries(ADAPTERS))('through %s', (_, adapter) => {
  test('a stream has the headers of one, and its events', async () => {
    const chat = await serveChat({ controllers }, adapter);
    const reply = await chat.post(wire.create('Hi'));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(reply.headers.get('x-accel-buffering')).toBe('no');
    expect(reply.types).toEqual(['thread.created', 'thread.item.done', 'stream_options', 'thread.item.done']);
  });

  test('nobody is let in without a context', async () => {
    const chat = await serveChat({ controllers }, adapter);
    const { status, json } = await chat.post(wire.create(), { user: null });
    expect([status, json['error'].code]).toEqual([401, 'unauthorized']);
    expect(json['error'].message).toBe('Authentication is required.');
  });

  test.each<[string, unknown, number, string, RegExp]>([
    ['UnauthorizedError', new UnauthorizedError('Log in again.'), 401, 'unauthorized', /^Log in again\.$/],
    ['ForbiddenError', new ForbiddenError('You are banned.'), 403, 'forbidden', /^You are banned\.$/],
    ['an Error', new Error('SECRET'), 500, 'internal_error', /^Something went wrong on the server\.$/],
    ['a text', 'SECRET', 500, 'internal_error', /^Something went wrong on the server\.$/],
    ['undefined', undefined, 500, 'internal_error', /^Something went wrong on the server\.$/],
  ])('a context that throws %s is answered by its kind', async (__, error, status, code, message) => {
    for (const context of [
      () => {
        throw error;
      },
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the test
      () => Promise.reject(error),
    ]) {
      const chat = await serveChat({ controllers, context }, adapter);
      const reply = await chat.post(wire.create());
      expect([reply.status, reply.json['error'].code]).toEqual([status, code]);
      expect(reply.json['error'].message).toMatch(message);
      expect(reply.text).not.toContain('SECRET');
      expect(chat.logger.messages('error')).toHaveLength(status === 500 ? 1 : 0);
    }
  });

  test.each(['', undefined, null, 7])('an owner that is %p is nobody', async (owner) => {
    const chat = await serveChat({ controllers, owner: () => owner as string }, adapter);
    expect((await chat.post(wire.listThreads())).status).toBe(401);
  });

  test('a request id is given back and is in the log', async () => {
    const chat = await serveChat(
      {
        controllers,
        context: () => {
          throw new Error('broken');
        },
      },
      adapter,
    );
    const reply = await chat.post(wire.listThreads(), { headers: { 'x-request-id': 'req-7:a.b' } });
    expect(reply.headers.get('x-request-id')).toBe('req-7:a.b');
    expect(reply.json).toHaveProperty('error.request_id', 'req-7:a.b');
    expect(chat.logger.lines[0]?.details).toHaveProperty('requestId', 'req-7:a.b');
  });

  test.each(['a b', 'x'.repeat(129), '{"a":1}', '../../etc', 'é'])(
    'the request id %p is replaced',
    async (id) => {
      const chat = await serveChat({ controllers }, adapter);
      const reply = await chat.post(wire.listThreads(), { headers: { 'x-request-id': id } });
      expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  describe('CORS', () => {
    const allowed = 'https://shop.example';
    const cors = { origins: [allowed], credentials: true };
    const preflight = {
      method: 'OPTIONS',
      headers: {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type, chatkit-frame-instance-id',
      },
    };

    test('is off by default', async () => {
      const chat = await serveChat({ controllers }, adapter);
      const reply = await chat.post(wire.listThreads(), { headers: { origin: allowed } });
      expect(reply.headers.get('access-control-allow-origin')).toBeNull();
      const options = await chat.post('', {
        ...preflight,
        headers: { ...preflight.headers, origin: allowed },
      });
      expect([options.status, options.headers.get('access-control-allow-origin')]).toEqual([204, null]);
    });

    test('lets an allowed origin in, with the headers that it asks for', async () => {
      const chat = await serveChat({ controllers, cors }, adapter);
      const options = await chat.post('', {
        ...preflight,
        headers: { ...preflight.headers, origin: allowed },
      });
      expect(options.status).toBe(204);
      expect(Object.fromEntries(options.headers)).toMatchObject({
        'access-control-allow-origin': allowed,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, chatkit-frame-instance-id',
        vary: 'Origin, Access-Control-Request-Headers',
      });
      for (const body of [wire.listThreads(), wire.create(), '[]']) {
        const reply = await chat.post(body, { headers: { origin: allowed } });
        expect(Object.fromEntries(reply.headers)).toMatchObject({
          'access-control-allow-origin': allowed,
          'access-control-allow-credentials': 'true',
          'access-control-expose-headers': 'x-request-id, retry-after',
          vary: 'Origin',
        });
      }
    });

    test('keeps a foreign origin out', async () => {
      const chat = await serveChat({ controllers, cors }, adapter);
      const headers = { ...preflight.headers, origin: 'https://evil.example' };
      const options = await chat.post('', { ...preflight, headers });
      const reply = await chat.post(wire.listThreads(), { headers });
      for (const answer of [options, reply]) {
        expect([...answer.headers.keys()].filter((key) => key.startsWith('access-control'))).toEqual([]);
        expect(answer.headers.get('vary')).toBe('Origin');
      }
    });

    test('asks a function, and answers 500 when that throws', async () => {
      const origins = (origin: string): boolean => {
        if (origin.includes('boom')) throw new Error('SECRET');
        return origin.endsWith('.example');
      };
      const chat = await serveChat({ controllers, cors: { origins } }, adapter);
      const good = await chat.post(wire.listThreads(), { headers: { origin: allowed } });
      expect(good.headers.get('access-control-allow-origin')).toBe(allowed);
      expect(good.headers.get('access-control-allow-credentials')).toBeNull();
      const bad = await chat.post(wire.listThreads(), { headers: { origin: 'https://boom' } });
      expect([bad.status, bad.json['error'].code]).toEqual([500, 'internal_error']);
      expect(bad.text).not.toContain('SECRET');
    });

    test('lets everybody in where it is told so', async () => {
      const chat = await serveChat({ controllers, cors: { origins: '*' } }, adapter);
      const reply = await chat.post(wire.listThreads(), { headers: { origin: 'https://any.example' } });
      expect(reply.headers.get('access-control-allow-origin')).toBe('https://any.example');
    });
  });

  test('an error with a status that is none is a 500', async () => {
    const chat = await serveChat(
      {
        controllers,
        context: () => {
          throw new ChatError('Odd.', 42, 'odd');
        },
      },
      adapter,
    );
    expect((await chat.post(wire.listThreads())).status).toBe(500);
  });

  test('a store that cannot be started is a 503 for all, and the process lives', async () => {
    const store = new MemoryStore();
    store.admin.migrate = () => {
      throw new Error('SECRET');
    };
    const chat = await serveChat({ controllers, store }, adapter);
    const reply = await chat.post(wire.listThreads());
    expect(reply.status).toBe(503);
    expect(reply.text).not.toContain('SECRET');
    expect(chat.logger.messages('error')).toContain('the store could not be started');
  });
});

const options = (logger = new RecordingLogger()) => ({
  controllers,
  store: new MemoryStore(),
  context: userOf,
  owner: ({ userId }: { userId: string }) => userId,
  logger,
});

describe('the listener for node:http', () => {
  test.each(['/other', '/chatkitten', '/chatkit/deeper', '/'])('%s is not the chat', async (path) => {
    const url = await listen(onNode(options()));
    const reply = await post(url.replace('/chatkit', path), wire.listThreads());
    expect([reply.status, reply.json['error'].code]).toEqual([404, 'not_found']);
  });

  test.each(['/', '/api/v1/chat', '/chatkit/'])('it can be at %s', async (path) => {
    const url = await listen(onNode(options(), { path }));
    expect((await post(url.replace('/chatkit', path), wire.listThreads())).status).toBe(200);
  });
});

describe.each([
  ['5', express],
  ['4', express4],
])('the middleware for Express %s', (_, make) => {
  async function serve(set: (app: express.Express, chat: ChatKitMiddleware<User>) => void) {
    const logger = new RecordingLogger();
    const app = make();
    const chat = onExpress(options(logger));
    set(app, chat);
    return { url: await listen(app as never), logger };
  }

  test.each(['before', 'after'])('paths below the mount that are mounted %s it are served', async (order) => {
    const { url } = await serve((app, chat) => {
      if (order === 'after') app.use('/chatkit', chat);
      app.use('/chatkit/playground', (__, res) => void res.send('playground'));
      if (order === 'before') app.use('/chatkit', chat);
    });
    expect((await post(`${url}/playground?x=1`, '', { method: 'GET' })).text).toBe('playground');
    expect((await post(url, wire.listThreads())).status).toBe(200);
    expect((await post(`${url}/nothing`, '', { method: 'GET' })).status).toBe(404);
  });

  test.each([
    ['a text', () => make.text({ type: '*/*' })],
    ['a Buffer', () => make.raw({ type: '*/*' })],
    ['an object', () => make.json()],
  ])('a body that was parsed into %s is taken', async (__, parser) => {
    const { url } = await serve((app, chat) => app.use(parser()).use('/chatkit', chat));
    const reply = await post(url, wire.create('Grüße'));
    expect(reply.text).toContain('Grüße');
  });

  test('malformed JSON in a text or Buffer is a 400 of ours', async () => {
    const { url } = await serve((app, chat) => app.use(make.text({ type: '*/*' })).use('/chatkit', chat));
    expect((await post(url, '{')).json).toHaveProperty('error.code', 'invalid_json');
  });

  test('a chunked body that was parsed has the same limits', async () => {
    const app = make();
    app.use(make.json({ limit: '50mb' }));
    app.use('/chatkit', onExpress({ ...options(), bodyLimit: 1000 }));
    const url = await listen(app as never);
    const chunked = async (text: string): Promise<string> => {
      const request = httpRequest(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-user-id': 'a' },
      });
      const answer = new Promise<IncomingMessage>((resolve) => request.on('response', resolve));
      request.write(text.slice(0, 10));
      request.end(text.slice(10));
      let read = '';
      for await (const chunk of await answer) read += String(chunk);
      return read;
    };
    expect(await chunked(JSON.stringify(wire.create('x'.repeat(2000))))).toContain('body_too_large');
    expect(await chunked('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))).toMatch(
      /body_too_large|payload_too_deep/,
    );
    expect(await chunked(JSON.stringify(wire.listThreads()))).toContain('has_more');
  });

  test('a body that other middleware has drained is an error, not a wait, and the log says what to do', async () => {
    const { url, logger } = await serve((app, chat) => {
      app.use((req, __, next) => {
        req.on('end', next).resume();
      });
      app.use('/chatkit', chat);
    });
    const reply = await post(url, wire.listThreads());
    expect([reply.status, reply.json['error'].code]).toEqual([500, 'internal_error']);
    expect(logger.lines[0]?.details).toMatchObject({
      code: 'body_already_read',
      fix: expect.stringMatching(/^Mount the chat before/),
    });
  });

  test('a body that other middleware is reading is an error, not a wait', async () => {
    const { url } = await serve((app, chat) => {
      app.use((req, __, next) => {
        req.once('data', () => next());
      });
      app.use('/chatkit', chat);
    });
    expect((await post(url, wire.listThreads())).json).toHaveProperty('error.code', 'internal_error');
  });

  test('a client that left while earlier middleware was busy is not served', async () => {
    const latch = new Latch();
    let reached = false;
    const runs: string[] = [];
    const app = make();
    app.use(make.json());
    app.use(async (__, ___, next) => {
      reached = true;
      await latch.opened;
      next();
    });
    const chat = onExpress({
      ...options(),
      context: (req) => {
        runs.push('context');
        return userOf(req);
      },
    });
    app.use('/chatkit', chat);
    app.use(() => undefined);
    const url = await listen(app as never);
    const raw = await RawSocket.open(url);
    raw.request(JSON.stringify(wire.create()));
    await until(() => reached);
    raw.hangUp();
    await pause(50);
    latch.open();
    await pause(50);
    expect(runs).toEqual([]);
  });

  test('a response that other middleware has ended meanwhile harms nobody, and stops the run', async () => {
    const latch = new Latch();
    let aborted = false;
    @ChatController()
    class Slow {
      @OnMessage()
      async *reply(__: unknown, ctx: { signal: AbortSignal }) {
        ctx.signal.addEventListener('abort', () => (aborted = true));
        yield assistantMessage('one');
        await latch.opened;
        yield assistantMessage('two');
      }
    }
    const app = make();
    app.use((__, res, next) => {
      setTimeout(() => {
        if (res.headersSent) res.end();
        else res.status(503).send('timeout');
      }, 100);
      next();
    });
    const contextTakesTime = new Latch();
    const chat = onExpress({
      ...options(),
      controllers: [Slow],
      context: async (req) => {
        if (req.headers['x-slow'] === '1') await contextTakesTime.opened;
        return userOf(req);
      },
    });
    app.use('/chatkit', chat);
    const url = await listen(app as never);
    const early = await post(url, wire.create(), { headers: { 'x-slow': '1' } });
    expect([early.status, early.text]).toEqual([503, 'timeout']);
    contextTakesTime.open();
    await pause(20);
    const late = await post(url, wire.create());
    expect(late.types).toEqual(['thread.created', 'thread.item.done', 'stream_options', 'thread.item.done']);
    await until(() => aborted);
    latch.open();
    expect((await post(url, wire.listThreads())).status).toBe(200);
  });
});

describe('the fetch handler', () => {
  const request = (body: wire.Wire, init: RequestInit = {}): Request =>
    new Request('http://localhost/chatkit', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': 'alice' },
      body: JSON.stringify(body),
      ...init,
    });

  test('a body that was used, or is being read, is an error, and the log says what to do', async () => {
    const logger = new RecordingLogger();
    const chat = onFetch(options(logger));
    const used = request(wire.listThreads());
    await used.text();
    expect(await (await chat(used)).json()).toHaveProperty('error.code', 'internal_error');
    const locked = request(wire.listThreads());
    locked.body?.getReader();
    const reply = await chat(locked);
    expect([reply.status, await reply.json()]).toEqual([
      500,
      { error: expect.objectContaining({ code: 'internal_error' }) },
    ]);
    expect(logger.lines.map(({ details }) => details['code'])).toEqual([
      'body_already_read',
      'body_already_read',
    ]);
  });

  test('a body that breaks off is a coded error', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"type"'));
        controller.error(new Error('gone'));
      },
    });
    const reply = await onFetch(options())(request(wire.listThreads(), { body, duplex: 'half' }));
    expect([reply.status, await reply.json()]).toEqual([
      400,
      { error: expect.objectContaining({ code: 'body_incomplete' }) },
    ]);
  });

  test('a reader that cancels stops the run', async () => {
    const { chat, stopped } = endless();
    const response = await chat(request(wire.create()));
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await until(stopped);
  });

  test('a request that is aborted stops the run and breaks off the response', async () => {
    const { chat, stopped } = endless();
    const controller = new AbortController();
    const response = await chat(request(wire.create(), { signal: controller.signal }));
    const reading = response.text();
    controller.abort();
    await expect(reading).rejects.toThrow(/abort/i);
    await until(stopped);
  });

  test('a request that was aborted before it was read runs nothing', async () => {
    const { chat, started } = endless();
    const controller = new AbortController();
    const aborted = request(wire.create(), { signal: controller.signal });
    controller.abort();
    const response = await chat(aborted);
    if (response.status === 200) await expect(response.text()).rejects.toThrow(/abort/i);
    else expect([400, 503]).toContain(response.status); // of a body cut off, or of a request whose client has left
    expect(started()).toBe(false);
  });

  test('a reader that is slow holds the handler up', async () => {
    let yielded = 0;
    @ChatController()
    class Chatty {
      @OnMessage()
      *reply() {
        for (; yielded < 100_000; yielded += 1) yield assistantMessage('x'.repeat(100));
      }
    }
    const chat = onFetch({ ...options(), controllers: [Chatty] });
    const response = await chat(request(wire.create()));
    await pause(100);
    const taken = yielded;
    expect(taken).toBeLessThan(2000);
    await pause(50);
    expect(yielded).toBe(taken);
    const reader = response.body!.getReader();
    for (let reads = 0; reads < 20; reads += 1) await reader.read();
    await until(() => yielded > taken);
    await reader.cancel();
    await chat.close({ timeoutMs: 0 });
  });

  function endless() {
    let started = false;
    let ended = false;
    @ChatController()
    class Endless {
      @OnMessage()
      async *reply(_: unknown, ctx: { signal: AbortSignal }) {
        started = true;
        try {
          yield assistantMessage('one');
          await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
        } finally {
          ended = true;
        }
      }
    }
    const chat = onFetch({ ...options(), controllers: [Endless] });
    return { chat, started: () => started, stopped: () => ended };
  }
});

test('one app is served by several adapters at once', async () => {
  const node = onNode(options());
  const url = await listen((req: IncomingMessage, res: ServerResponse) => node(req, res));
  const viaExpress = express();
  viaExpress.use('/chatkit', onExpress(node.app as never));
  const second = await listen(viaExpress as never);
  await post(url, wire.create('Hi'));
  const { json } = await post(second, wire.listThreads());
  expect(json['data']).toHaveLength(1);
});
