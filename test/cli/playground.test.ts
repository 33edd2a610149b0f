import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { playgroundServer } from '../../src/cli/playground/server';
import { Project } from './project';

jest.setTimeout(120_000);

/** Of the last request that the backend had. */
let received: { method?: string; url?: string; headers: IncomingHttpHeaders; body: string };
let backend: Server;
let server: Server;
let backendUrl: string;
let home: string;
/** What the backend waits for before it sends its second event. */
let goOn: () => void;
let hungUp: Promise<unknown>;

beforeAll(async () => {
  backend = createServer((req, res) => {
    void (async () => {
      let body = '';
      for await (const chunk of req) body += String(chunk);
      received = { method: req.method!, url: req.url!, headers: req.headers, body };
      if (req.url!.includes('/actions')) {
        res.writeHead(404, { 'content-type': 'application/json', 'set-cookie': 'a=b' }).end('{}');
        return;
      }
      hungUp = once(res, 'close');
      res.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' });
      res.write('data: 1\n\n');
      await new Promise<void>((resolve) => (goOn = resolve));
      res.end('data: 2\n\n');
    })();
  }).listen(0);
  await once(backend, 'listening');
  backendUrl = `http://127.0.0.1:${String((backend.address() as AddressInfo).port)}`;
  const headers = new Headers({ authorization: 'Bearer secret' });
  server = playgroundServer({ url: new URL(`${backendUrl}/api/chatkit?tenant=1`), headers }).listen(0);
  await once(server, 'listening');
  home = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  for (const each of [server, backend]) {
    each.closeAllConnections();
    each.close();
  }
});

const post = (headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> =>
  fetch(`${home}/chatkit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"type":"x"}',
    ...(signal && { signal }),
  });

describe('a request of the page', () => {
  test('reaches the backend with the headers that were given, and without those of a browser', async () => {
    const response = await post({ cookie: 'session=mine', 'sec-fetch-site': 'same-origin', 'x-user': 'ada' });
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n'); // before the end
    goOn();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 2\n\n');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(received).toMatchObject({ method: 'POST', url: '/api/chatkit?tenant=1', body: '{"type":"x"}' });
    expect(received.headers).toMatchObject({ authorization: 'Bearer secret', 'x-user': 'ada' });
    expect(Object.keys(received.headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(cookie|origin|sec-fetch-site)$/)]),
    );
  });

  test('that is broken off is broken off at the backend', async () => {
    const stop = new AbortController();
    const response = await post({}, stop.signal);
    await response.body!.getReader().read();
    stop.abort();
    await hungUp;
    goOn();
  });

  test('keeps its path and query, and gets no cookies of the backend', async () => {
    const response = await fetch(`${home}/chatkit/actions?q=1`);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([404, null]);
    expect(received.url).toBe('/api/chatkit/actions?tenant=1&q=1');
  });
});

test.each([
  ['a page of another origin', { origin: 'https://evil.example' }],
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
])('%s cannot use the headers', async (_, headers) => {
  expect((await post(headers)).status).toBe(403);
});

test('nor can a name that leads to this machine', async () => {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, path: '/chatkit', headers: { host: 'evil.example' } }).end();
  const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(403);
});

test('a backend that does not answer is said to be away', async () => {
  const gone = createServer().listen(0);
  await once(gone, 'listening');
  const url = new URL(`http://localhost:${String((gone.address() as AddressInfo).port)}/chatkit`);
  gone.close();
  await once(gone, 'close');
  const lonely = playgroundServer({ url, headers: new Headers() }).listen(0);
  await once(lonely, 'listening');
  const { port } = lonely.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${String(port)}/chatkit`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringContaining('ECONNREFUSED') },
  });
  lonely.closeAllConnections();
  lonely.close();
});

test('the root leads to the page, which knows where the chat is', async () => {
  const response = await fetch(home, { redirect: 'manual' });
  expect(response.headers.get('location')).toBe('/playground/');
  const config = await fetch(`${home}/playground/api/config`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-chatkit-playground': '1' },
    body: '{}',
  });
  expect(await config.json()).toMatchObject({ api: '/chatkit', inspects: false, problems: [] });
});

describe('the command', () => {
  let project: Project;
  beforeAll(() => (project = new Project()));
  afterAll(() => project.remove());

  const start = (...args: string[]): ChildProcess =>
    spawn(process.execPath, [project.command, 'playground', '--url', `${backendUrl}/chatkit`, ...args], {
      env: { ...process.env, NODE_ENV: 'production' },
    });

  test('says where the page is, and ends by a signal', async () => {
    const child = start('--port', '0', '--json');
    const ended = once(child, 'close');
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    const { page, url } = JSON.parse(line) as { page: string; url: string };
    expect(url).toBe(`${backendUrl}/chatkit`);
    const config = new URL('api/config', page.replace('localhost', '127.0.0.1'));
    const headers = { 'content-type': 'application/json', 'x-chatkit-playground': '1' };
    expect((await fetch(config, { method: 'POST', headers, body: '{}' })).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  test('needs a port that is free', async () => {
    const { port } = new URL(home);
    const child = start('--port', port);
    let stderr = '';
    child.stderr!.on('data', (text) => (stderr += String(text)));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(stderr).toMatch(/^Port \d+ cannot be listened on: .*EADDRINUSE.* Choose another with --port\./);
  });
});
