import express from 'express';
import express4 from 'express4';
import { assistantMessage, ChatController, OnMessage } from '../../src';
import { chatkit as onExpress, type ChatKitMiddleware } from '../../src/express';
import { chatkit as onNode } from '../../src/node';
import { MemoryStore } from '../../src/stores';
import { DiskAttachmentStore } from '../../src/stores/disk-attachments';
import { SECRET, temporaryDirectory } from '../attachments/support';
import { post } from '../support/client';
import { ADAPTERS, listen } from '../support/adapters';
import { hosted } from '../support/fetch-host';
import { RecordingLogger } from '../support/logger';
import { chatkit as onFetch } from '../../src/fetch';
import * as wire from '../support/requests';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const optionsOf = (logger: RecordingLogger) => ({
  controllers: [Controller],
  store: new MemoryStore(),
  owner: 'shared' as const,
  mode: 'production' as const,
  logger,
});

/** With uploads, so that there is something below the mount. */
const withFiles = (logger: RecordingLogger) => ({
  ...optionsOf(logger),
  attachmentStore: new DiskAttachmentStore({
    directory: temporaryDirectory(),
    secret: SECRET,
    baseUrl: 'http://localhost/chatkit',
  }),
});

const upload = async (url: string): Promise<number> => {
  const body = new FormData();
  body.append('file', new Blob(['three'], { type: 'image/png' }), 'cat.png');
  return (await fetch(url, { method: 'POST', body })).status;
};

type Mount = (app: express.Express, chat: ChatKitMiddleware, make: typeof express) => void;

const MOUNTS: readonly [string, string, Mount][] = [
  ["app.post('/chatkit')", '/chatkit', (app, chat) => app.post('/chatkit', chat)],
  ["app.all('/chatkit')", '/chatkit', (app, chat) => app.all('/chatkit', chat)],
  ["app.route('/api/chat').post()", '/api/chat', (app, chat) => app.route('/api/chat').post(chat)],
  ['app.post() with a parameter', '/t/acme/chat', (app, chat) => app.post('/t/:tenant/chat', chat)],
  ['app.post() with a RegExp', '/x/chat', (app, chat) => app.post(/^\/x\/ch.t$/, chat)],
  ['app.post() with several paths', '/b', (app, chat) => app.post(['/a', '/b'], chat)],
  ['a route in other letters and with a slash', '/ChatKit/', (app, chat) => app.post('/chatkit', chat)],
  ['app.use() without a path', '/chatkit', (app, chat) => app.use(chat)],
  ['app.use() without a path, at /', '/', (app, chat) => app.use(chat)],
  [
    'a handler that calls it',
    '/api/chat',
    (app, chat) => app.post('/api/chat', (req, res, next) => chat(req, res, next)),
  ],
  [
    'a handler that calls it, with a parameter',
    '/t/acme/chat',
    (app, chat) => app.post('/t/:tenant/chat', (req, res, next) => chat(req, res, next)),
  ],
  ['a handler without next', '/anywhere', (app, chat) => app.use((req, res) => chat(req, res))],
  [
    'a route of a Router',
    '/api/chat',
    (app, chat, make) => app.use('/api', make.Router().post('/chat', chat)),
  ],
  ['a Router that uses it', '/api/chatkit', (app, chat, make) => app.use('/api', make.Router().use(chat))],
];

describe.each([
  ['5', express, '/*rest'],
  ['4', express4, '/*'],
])('with Express %s', (_, make, everything) => {
  async function serve(mount: Mount, options: typeof withFiles | typeof optionsOf = optionsOf, more = {}) {
    const logger = new RecordingLogger();
    const app = make();
    mount(app, onExpress({ ...options(logger), ...more }), make);
    app.use((__, res) => void res.status(404).send('the application')); // what Express says otherwise
    const { origin } = new URL(await listen(app as never));
    return { origin, logger };
  }

  test.each(MOUNTS)('%s serves the chat', async (__, path, mount) => {
    const { origin, logger } = await serve(mount);
    const { status, types } = await post(origin + path, wire.create('Hi'));
    expect([status, types.at(-1)]).toEqual([200, 'thread.item.done']);
    expect(logger.lines).toEqual([]); // nothing below is missed
  });

  test.each<[string, Mount]>([
    ['a route for all paths', (app, chat) => app.all(everything, chat)],
    ['routes for both', (app, chat) => app.all('/chatkit', chat).all(`/chatkit${everything}`, chat)],
    ['app.use() without a path', (app, chat) => app.use(chat)],
    ['app.use() with the path', (app, chat) => app.use('/chatkit', chat)],
  ])('%s serves uploads too', async (__, mount) => {
    const { origin, logger } = await serve(mount, withFiles);
    expect(await upload(`${origin}/chatkit/attachments`)).toBe(200);
    expect(logger.lines).toEqual([]);
  });

  test.each<[string, Mount, object, RegExp]>([
    ['uploads', (app, chat) => app.post('/chatkit', chat), {}, /\/chatkit\/attachments and below/],
    [
      'uploads',
      (app, chat, { Router }) => app.use('/api', Router().all('/chat/', chat)),
      {},
      /\/api\/chat\/attachments .*app\.use\('\/api\/chat', chat\)/,
    ],
    [
      'uploads',
      (app, chat, { Router }) => app.use('/api/chat', Router().post('/', chat)),
      {},
      /these requests never reach it: \/api\/chat\/attachments .*app\.use\('\/api\/chat', chat\)/,
    ],
    [
      'the registry',
      (app, chat) => app.all('/chatkit', chat),
      { mode: 'development' },
      /GET \/chatkit\/actions/,
    ],
    [
      'preflights',
      (app, chat) => app.post('/chatkit', chat),
      { cors: { origins: '*' } },
      /OPTIONS \/chatkit .*Write app\.use\('\/chatkit', chat\)/,
    ],
  ])('a route that keeps %s from the chat is named in the log, once', async (__, mount, more, said) => {
    const { origin, logger } = await serve(mount, withFiles, more);
    const path = origin + (String(said).includes('api') ? '/api/chat' : '/chatkit');
    for (let count = 0; count < 3; count += 1) await post(path, wire.listThreads());
    expect(logger.messages('warn')).toEqual([expect.stringMatching(said)]);
  });

  test.each<[string, Mount]>([
    ['another route', (app, chat) => app.post('/chatkit', chat).all(`/chatkit${everything}`, chat)],
    [
      'a route of a Router',
      (app, chat, { Router }) => {
        const router = Router();
        router.post('/', chat);
        router.all(everything, chat);
        app.use('/chatkit', router);
      },
    ],
    ['app.use()', (app, chat) => app.post('/chatkit', chat).use('/chatkit', chat)],
    [
      'app.use() behind a route of the same path that goes on',
      (app, chat) => app.post('/chatkit', (__, ___, next) => next()).use(chat),
    ],
  ])('a route says nothing of what %s leads to the chat', async (__, mount) => {
    const { origin, logger } = await serve(mount, withFiles, { mode: 'development', cors: { origins: '*' } });
    expect((await post(`${origin}/chatkit`, wire.create('Hi'))).types.at(-1)).toBe('thread.item.done');
    expect(await upload(`${origin}/chatkit/attachments`)).toBe(200);
    expect(logger.messages('warn')).toEqual([]);
  });

  test('with `cors`, a route for all methods answers preflights, and says nothing of them', async () => {
    const { origin, logger } = await serve((app, chat) => app.all('/chatkit', chat), optionsOf, {
      cors: { origins: '*' },
    });
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    const reply = await fetch(`${origin}/chatkit`, { method: 'OPTIONS', headers });
    expect(reply.headers.get('access-control-allow-methods')).toContain('POST');
    expect(logger.lines).toEqual([]);
  });

  test.each<[string, Mount]>([
    ['mounted with a path', (app, chat) => app.use('/chatkit', chat)],
    ['mounted with a parameter', (app, chat) => app.use('/:name', chat)],
    ['mounted without a path', (app, chat) => app.use(chat)],
  ])('a route before it that goes on leads to no chat (%s)', async (__, mount) => {
    const { origin } = await serve((app, chat) => {
      app.all(everything, (___, ____, next) => next()); // authentication, say
      mount(app, chat, make);
    });
    expect((await post(`${origin}/chatkit/playground`, '', { method: 'GET' })).text).toBe('the application');
    expect((await post(`${origin}/chatkit/playground`, wire.listThreads())).text).toBe('the application');
    expect((await post(`${origin}/chatkit`, wire.listThreads())).status).toBe(200);
  });

  test('a POST of JSON that ends as a 404 is named in the log, once', async () => {
    const { origin, logger } = await serve((app, chat) => app.use('/chatkit', chat).use(chat));
    await post(`${origin}/chatkit/page`, '', { method: 'GET' });
    await post(`${origin}/api/chat`, 'name=x', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(logger.lines).toEqual([]);
    for (let count = 0; count < 2; count += 1) await post(`${origin}/api/chat?x=1`, wire.listThreads());
    expect(logger.messages('warn')).toEqual([
      "POST /api/chat was answered with 404. The chat is at /chatkit. If the request was for the chat, write app.use('/api/chat', chat).",
    ]);
  });

  test('a POST of JSON that another handler takes is not', async () => {
    const { origin, logger } = await serve((app, chat) => {
      app.use(chat).post('/api/orders', (__, res) => void res.send('ordered'));
    });
    expect((await post(`${origin}/api/orders`, '{}')).text).toBe('ordered');
    expect(logger.lines).toEqual([]);
  });

  test('the chat of node:http may be mounted there, with its whole path', async () => {
    const chat = onNode(withFiles(new RecordingLogger()));
    const app = make().use('/chatkit', chat as never);
    const url = await listen(app as never);
    expect((await post(url, wire.listThreads())).status).toBe(200);
    expect(await upload(`${url}/attachments`)).toBe(200);
    expect((await post(`${url}/else`, wire.listThreads())).status).toBe(404);
  });
});

test('node:http: a POST of JSON to another path is named in the log, once, with the line to write', async () => {
  const logger = new RecordingLogger();
  const { origin } = new URL(await listen(onNode(optionsOf(logger))));
  await post(`${origin}/favicon.ico`, '', { method: 'GET' });
  expect(logger.lines).toEqual([]);
  for (let count = 0; count < 2; count += 1) await post(`${origin}/api/chat`, wire.listThreads());
  expect(logger.messages('warn')).toEqual([
    "POST /api/chat was answered with 404. The chat is at /chatkit. If the request was for the chat, write chatkit(options, { path: '/api/chat' }).",
  ]);
});

test.each(['/chatkit', '/', '/api/chat', '/t/acme/chat?x=1'])(
  'fetch: any path serves the chat: %s',
  async (path) => {
    const chat = onFetch(withFiles(new RecordingLogger()));
    const { origin } = new URL(await listen(hosted(chat)));
    expect((await post(origin + path, wire.listThreads())).status).toBe(200);
    expect(await upload(`${origin}${path.split('?')[0]!.replace(/\/$/, '')}/attachments`)).toBe(200);
  },
);

const withMounts = Object.keys(ADAPTERS).filter((name) => name !== 'fetch'); // there routing is the host's

test.each(withMounts)(
  '%s: the path without a slash is one path, and not the start of others',
  async (name) => {
    const logger = new RecordingLogger();
    const served = await ADAPTERS[name]!({ ...optionsOf(logger), owner: 'shared' } as never);
    expect((await post(`${served.url}s`, wire.listThreads())).status).toBe(404);
    expect((await post(`${served.url}/`, wire.listThreads())).status).toBe(200);
  },
);
