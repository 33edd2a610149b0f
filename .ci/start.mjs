// `npm start` as a newcomer meets it: it serves a chat, and stops when it is told to.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const data = mkdtempSync(join(tmpdir(), 'chatkit-start-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}/chatkit`;

// A group of its own: npm, its shell and the server end together.
const server = spawn('npm', ['start', '--silent'], {
  detached: true,
  stdio: 'inherit',
  env: { ...process.env, PORT: String(port), DATA_DIR: data },
});
const ended = once(server, 'exit');
try {
  const text = await (await created()).text();
  for (const type of ['thread.created', 'stream_options', 'thread.item.done']) {
    assert(text.includes(`"type":"${type}"`), `no ${type} in:\n${text}`);
  }
  assert(!text.includes('"type":"error"'), text);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(page.url, `${url}/playground/`, 'the root does not lead to the playground');
  assert((await page.text()).includes('<div id="root">'), 'the playground has no page');
  assert(readdirSync(data).length > 0, 'DATA_DIR is empty: nothing was stored');
} finally {
  stop('SIGTERM');
  await Promise.race([ended, wait(10_000, undefined, { ref: false }).then(() => stop('SIGKILL'))]);
  rmSync(data, { recursive: true, force: true });
}
assert(await isGone(), 'the server outlives npm start');

async function created() {
  const deadline = Date.now() + 120_000; // it builds first
  for (;;) {
    try {
      const response = await post();
      assert.equal(response.status, 200, `status ${response.status}`);
      return response;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      if (server.exitCode !== null) throw new Error('npm start ended.', { cause: error });
      if (Date.now() > deadline) throw error;
      await wait(200);
    }
  }
}

function post() {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user-id': 'ci' },
    body: JSON.stringify({
      type: 'threads.create',
      params: {
        input: { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} },
      },
    }),
    signal: AbortSignal.timeout(20_000),
  });
}

async function isGone() {
  for (let tries = 0; tries < 50; tries += 1) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (!answered) return true;
    await wait(200);
  }
  return false;
}

function stop(signal) {
  try {
    process.kill(-server.pid, signal);
  } catch {
    // all of it has ended
  }
}

async function freePort() {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
