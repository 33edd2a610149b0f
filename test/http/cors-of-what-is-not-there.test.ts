import express from 'express';
import express4 from 'express4';
import { assistantMessage, ChatController, MemoryStore, OnMessage } from '../../src';
import { chatkit as onExpress } from '../../src/express';
import { serveChat } from '../support/chat';
import { ADAPTERS, listen } from '../support/adapters';

const ALLOWED = 'https://shop.example';
const cors = { origins: [ALLOWED], credentials: true };

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

/** What a browser does for a page: it asks first, sends if it may, and shows the page what it may see. */
async function asPage(url: string, method: string, origin = ALLOWED): Promise<number | 'blocked by CORS'> {
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type, x-user-id',
    },
  });
  const granted = (name: string): string[] => preflight.headers.get(name)?.split(', ') ?? [];
  const mayRead = ({ headers }: Response): boolean =>
    headers.get('access-control-allow-origin') === origin &&
    headers.get('access-control-allow-credentials') === 'true';
  if (
    !preflight.ok ||
    !mayRead(preflight) ||
    !granted('access-control-allow-methods').includes(method) ||
    !granted('access-control-allow-headers').includes('x-user-id')
  ) {
    return 'blocked by CORS';
  }
  const body = method === 'GET' ? {} : { body: 'x' };
  const response = await fetch(url, { method, headers: { origin, 'x-user-id': 'alice' }, ...body });
  return mayRead(response) ? response.status : 'blocked by CORS';
}

const PATHS = ['/upload', '/attachments/a/b', '/attachment?x=1', '/'];
const METHODS = ['PUT', 'POST', 'GET', 'DELETE', 'PATCH'];

describe.each(Object.entries(ADAPTERS))('through %s', (name, adapter) => {
  test.each(METHODS)('a page reads why its %s fails, wherever it goes', async (method) => {
    const chat = await serveChat({ controllers: [Controller], cors }, adapter);
    for (const path of PATHS) {
      // The chat of a fetch host is at any path.
      const isChat = path === '/' || name === 'fetch';
      const status = isChat ? (method === 'POST' ? 415 : 405) : 404;
      expect([path, await asPage(chat.url + path, method)]).toEqual([path, status]);
      expect(await asPage(chat.url + path, method, 'https://evil.example')).toBe('blocked by CORS');
    }
  });

  test('without `cors` nothing is told to any page', async () => {
    const chat = await serveChat({ controllers: [Controller] }, adapter);
    for (const path of PATHS) {
      for (const method of ['OPTIONS', 'GET']) {
        const headers = { origin: ALLOWED, 'access-control-request-method': 'PUT' };
        const reply = await fetch(chat.url + path, { method, headers });
        expect([...reply.headers.keys()].filter((key) => key.startsWith('access-control'))).toEqual([]);
      }
    }
  });
});

test('outside of its mount the chat of node:http answers a page of an allowed origin too', async () => {
  const chat = await serveChat({ controllers: [Controller], cors }, ADAPTERS['node:http']);
  const { origin } = new URL(chat.url);
  expect(await asPage(`${origin}/attachments`, 'PUT')).toBe(404);
});

test('an OPTIONS request that is no preflight, for a path where nothing is, gets 404', async () => {
  for (const name of ['node:http', 'Express 5']) {
    const chat = await serveChat({ controllers: [Controller], cors }, ADAPTERS[name]);
    const reply = await fetch(`${chat.url}/upload`, { method: 'OPTIONS', headers: { origin: ALLOWED } });
    expect(reply.status).toBe(404);
  }
});

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('%s', (_, make) => {
  async function serve(mount: (app: ReturnType<typeof express>) => void): Promise<string> {
    const app = make();
    app.use(
      '/chatkit',
      onExpress({ controllers: [Controller], store: new MemoryStore(), owner: 'shared', cors }),
    );
    mount(app);
    return listen(app as never);
  }

  test('leaves to other handlers below the mount what they tell to which pages', async () => {
    const url = await serve((app) => {
      app.get('/chatkit/playground', (__, res) => void res.send('playground'));
      app.options(
        '/chatkit/open',
        (__, res) => void res.set('access-control-allow-origin', '*').sendStatus(200),
      );
      app.put('/chatkit/open', (__, res) => void res.set('access-control-allow-origin', '*').sendStatus(404));
    });
    const headers = { origin: ALLOWED, 'access-control-request-method': 'PUT' };
    for (const method of ['GET', 'OPTIONS']) {
      const reply = await fetch(`${url}/playground`, { method, headers });
      expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    }
    for (const method of ['PUT', 'OPTIONS']) {
      const reply = await fetch(`${url}/open`, { method, headers });
      expect(reply.headers.get('access-control-allow-origin')).toBe('*');
      expect(reply.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('keeps the 404 of the application, and what it varies by', async () => {
    const url = await serve((app) => {
      app.use((__, res) => void res.vary('Accept').status(404).json({ lost: true }));
    });
    const reply = await fetch(`${url}/upload`, { headers: { origin: ALLOWED } });
    expect([reply.status, await reply.json()]).toEqual([404, { lost: true }]);
    expect(reply.headers.get('vary')).toBe('Accept, Origin');
    const preflight = await fetch(`${url}/upload`, {
      method: 'OPTIONS',
      headers: { origin: ALLOWED, 'access-control-request-method': 'PUT' },
    });
    expect([preflight.status, preflight.statusText, await preflight.text()]).toEqual([204, 'No Content', '']);
    expect(preflight.headers.get('content-type')).toBeNull();
  });
});
