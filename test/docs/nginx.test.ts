import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assistantMessageStream, ChatController, OnMessage, type ChatContext } from '../../src';
import { freePort } from '../samples/sample-process';
import { serveChat, type TestChat } from '../support/chat';
import { afterThisTest } from '../support/cleanup';
import { open, post } from '../support/client';
import { create } from '../support/requests';
import { Latch, until } from '../support/wait';
import { codeBlocks, ROOT } from './code-blocks';

/*
 * The configuration of docs/production.md, before real servers. NGINX may name the program.
 */

const nginx = process.env['NGINX'] ?? 'nginx';
const config = codeBlocks('docs/production.md').find(({ code }) => code.includes('upstream chat {'))!.code;
const found = spawnSync(nginx, ['-v']).status === 0;
if (!found)
  process.stderr.write('Not tested: the configuration of nginx: there is no nginx (NGINX may name it).\n');

test('the sample has the same settings as the page', () => {
  const settings = (text: string): string[] => text.match(/^ +(proxy_|client_|keepalive|return).*$/gm)!;
  const sample = readFileSync(join(ROOT, 'samples/cluster/nginx.conf'), 'utf8');
  expect(settings(config).length).toBeGreaterThan(10);
  expect(settings(sample)).toEqual(settings(config));
});

let latch = new Latch();
const stopped: string[] = [];

@ChatController()
class Slow {
  @OnMessage()
  reply(_: unknown, { signal }: ChatContext) {
    const { opened } = latch;
    signal.addEventListener('abort', () => stopped.push('stopped'));
    return assistantMessageStream(
      (async function* () {
        yield 'One ';
        await opened;
        yield 'two.';
      })(),
    );
  }
}

/** nginx before these servers; returns the URL of the chat. */
async function serveNginx(servers: readonly string[]): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-nginx-'));
  afterThisTest(() => rmSync(directory, { recursive: true, force: true }));
  const port = await freePort();
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory};`,
  );
  const text = config
    .replace(/ +server 10[^]*:8000;\n/, servers.map((server) => `server ${server};\n`).join(''))
    .replace('listen 8080;', `listen 127.0.0.1:${String(port)};`)
    .replace('http {', `http {\naccess_log off; ${places.join(' ')}`);
  const file = join(directory, 'nginx.conf');
  writeFileSync(file, `daemon off; pid ${directory}/pid; error_log stderr; user root root;\n${text}`);
  const server = spawn(nginx, ['-c', file, '-p', directory, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (more: string) => (said += more));
  afterThisTest(async () => {
    if (server.exitCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  });
  const url = `http://127.0.0.1:${String(port)}/chatkit`;
  await until(async () => {
    if (server.exitCode !== null) throw new Error(`nginx has ended: ${said}`);
    return fetch(url).then(
      () => true,
      () => false,
    );
  }, 'nginx to listen');
  return url;
}

const hostOf = ({ url }: TestChat): string => new URL(url).host;
const hasText = (event: { type: string }): boolean => JSON.stringify(event).includes('One ');

(found ? describe : describe.skip)('nginx as the page configures it', () => {
  beforeEach(() => void (latch = new Latch()));
  afterEach(() => latch.open());

  it('passes events on as they come, and tells the app that its client has left', async () => {
    const chat = await serveChat({ controllers: [Slow], health: true });
    const url = await serveNginx([hostOf(chat)]);
    const stream = await open(url, create());
    await stream.until(hasText); // the handler waits: nothing is held back until the end
    stopped.length = 0;
    stream.leave();
    await until(() => stopped.length > 0, 'the run to be stopped');
  });

  it('leaves out a process that is not there, for a POST as well', async () => {
    const chat = await serveChat({ controllers: [Slow] });
    latch.open();
    const gone = `127.0.0.1:${String(await freePort())}`;
    const url = await serveNginx([gone, hostOf(chat), gone]);
    for (let count = 0; count < 6; count += 1) {
      const { status, types } = await post(url, create());
      expect([status, types.at(-1)]).toEqual([200, 'thread.item.done']);
    }
  });

  it('takes what the app takes, and shows no health to the public', async () => {
    const chat = await serveChat({ controllers: [Slow], health: true });
    const url = await serveNginx([hostOf(chat)]);
    const large = await post(url, `"${'x'.repeat(8 * 2 ** 20)}"`);
    expect([large.status, large.json['error'].code]).toEqual([413, 'body_too_large']); // as the app says it
    expect((await fetch(`${chat.url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/health`)).status).toBe(404);
  });
});
