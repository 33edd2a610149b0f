import 'reflect-metadata';
import { IsString } from 'class-validator';
import { assistantMessage, ChatController, OnAction, OnMessage, Payload, type RouteInfo } from '../../src';
import { chatkit as onFetch } from '../../src/fetch';
import { chatkit as onNode } from '../../src/node';
import { MemoryStore } from '../../src/stores';
import { serveChat, type TestChat, type TestChatOptions } from '../support/chat';
import { ADAPTERS, listen, type Adapter } from '../support/adapters';
import * as wire from '../support/requests';

class SelectItem {
  @IsString() id!: string;
}

@ChatController('item')
class Controller {
  @OnAction('select', { description: 'Selects an item.' })
  select(@Payload() { id }: SelectItem) {
    return assistantMessage(id);
  }

  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const entries: Partial<RouteInfo>[] = [
  {
    kind: 'action',
    patterns: ['item.select'],
    where: 'Controller.select',
    description: 'Selects an item.',
    payload: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { id: { type: 'string' } },
      required: ['id'],
    },
    guards: [],
    interceptors: [],
  },
  { kind: 'message', patterns: [], where: 'Controller.reply', guards: [], interceptors: [] },
];

const SHOP = 'https://shop.example';

describe.each(Object.entries(ADAPTERS))('through %s', (name, adapter) => {
  const serve = (options: Partial<TestChatOptions> = {}): Promise<TestChat> =>
    serveChat({ controllers: [Controller], mode: 'development', ...options }, adapter);
  const get = async (path: string, init: RequestInit = {}, options: Partial<TestChatOptions> = {}) =>
    fetch((await serve(options)).url + path, init);

  test('GET /actions shows the registry in development, without a context', async () => {
    const chat = await serve({ context: () => null });
    const response = await fetch(`${chat.url}/actions`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(await response.json()).toEqual(entries);
    expect(chat.app.registry()).toEqual(entries);
  });

  test.each(['/actions/', '/actions?pretty', '/actions/?a=/b'])('%s is the same', async (path) => {
    expect(await (await get(path)).json()).toEqual(entries);
  });

  test('HEAD says how long it is', async () => {
    const chat = await serve();
    const head = await fetch(`${chat.url}/actions`, { method: 'HEAD' });
    const whole = await fetch(`${chat.url}/actions`);
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(await whole.text())));
    expect(await head.text()).toBe('');
  });

  test('it comes while the chat is shutting down, too', async () => {
    const chat = await serve();
    await chat.close();
    expect((await fetch(`${chat.url}/actions`)).status).toBe(200);
  });

  test('pages of other origins read it where `cors` lets them, and only there', async () => {
    const init = { headers: { origin: SHOP } };
    const cors = { origins: [SHOP] };
    const allowed = (response: Response): string | null =>
      response.headers.get('access-control-allow-origin');
    expect(allowed(await get('/actions', init))).toBeNull();
    expect(allowed(await get('/actions', init, { cors }))).toBe(SHOP);
    expect(
      allowed(await get('/actions', { headers: { origin: 'https://else.example' } }, { cors })),
    ).toBeNull();
  });

  test('in production the path is as any other', async () => {
    const chat = await serve({ mode: 'production' });
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      const [actions, other] = await Promise.all(
        ['actions', 'nothing'].map((path) => fetch(`${chat.url}/${path}`, { method })),
      );
      expect(actions!.status).toBe(name === 'fetch' ? 405 : 404);
      expect(other!.status).toBe(actions!.status);
      expect(await actions!.text()).not.toContain('item.select');
    }
    expect(chat.app.registry()).toEqual(entries);
  });

  test.each(['/actions/item.select', '/actionsheet', '/my/actions/x'])('%s is another path', async (path) => {
    expect((await get(path)).status).toBe(name === 'fetch' ? 405 : 404);
  });

  test('the chat itself answers as ever', async () => {
    const chat = await serve();
    expect((await chat.post(wire.create('Hi'))).status).toBe(200);
    expect((await fetch(chat.url)).status).toBe(405);
  });
});

const withMount = Object.entries(ADAPTERS).filter(([name]) => name !== 'fetch');

describe.each(withMount)('through %s, which knows its mount,', (_, adapter: Adapter) => {
  test.each(['POST', 'PUT', 'DELETE'])('%s is refused, and says what is not', async (method) => {
    const chat = await serveChat({ controllers: [Controller], mode: 'development' }, adapter);
    const response = await fetch(`${chat.url}/actions`, { method, headers: { 'x-user-id': 'ada' } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error).toMatchObject({
      code: 'method_not_allowed',
      message: 'This path takes GET, HEAD, OPTIONS.',
    });
  });

  test('OPTIONS says what is allowed, to a page of an allowed origin as CORS wants it', async () => {
    const chat = await serveChat(
      { controllers: [Controller], mode: 'development', cors: { origins: [SHOP] } },
      adapter,
    );
    const response = await fetch(`${chat.url}/actions`, { method: 'OPTIONS', headers: { origin: SHOP } });
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
  });

  test('POST /actions is not taken for the chat in production either', async () => {
    const chat = await serveChat({ controllers: [Controller], mode: 'production' }, adapter);
    const response = await fetch(`${chat.url}/actions`, {
      method: 'POST',
      body: JSON.stringify(wire.create()),
    });
    expect(response.status).toBe(404);
  });
});

const options = { controllers: [Controller], store: new MemoryStore(), owner: 'shared' as const };

test('the listener for node:http shows it at the root, too', async () => {
  const url = await listen(onNode({ ...options, mode: 'development' }, { path: '/' }));
  expect(await (await fetch(new URL('/actions', url))).json()).toEqual(entries);
});

test('a chat that a fetch host mounts at /actions stays one', async () => {
  const chat = onFetch({ ...options, mode: 'development' });
  const url = 'http://localhost/api/actions';
  const body = JSON.stringify(wire.create('Hi'));
  const headers = { 'content-type': 'application/json' };
  const posted = await chat(new Request(url, { method: 'POST', headers, body }));
  expect(posted.status).toBe(200);
  expect(await posted.text()).toContain('Hello!');
  expect((await chat(new Request(url, { method: 'OPTIONS' }))).headers.get('allow')).toBe('POST, OPTIONS');
  expect(await (await chat(new Request(url))).json()).toEqual(entries);
});

test.each([
  ['development', 200],
  ['test', 200],
  ['production', 404],
])('without `mode` NODE_ENV decides: %s', async (env, status) => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = env;
  try {
    const url = await listen(onNode(options));
    expect((await fetch(`${url}/actions`)).status).toBe(status);
  } finally {
    process.env['NODE_ENV'] = before;
  }
});
