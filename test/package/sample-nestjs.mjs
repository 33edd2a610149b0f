import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { check } from './check.mjs';
import { compile } from './compile.mjs';
import { sampleProject } from './sample-project.mjs';
import { converse, message, post } from './session.mjs';
import { freePort, whileServing } from './while-serving.mjs';

const GUIDE = {
  headers: { 'x-user-id': 'ada' },
  answer: 'Which book would you like?',
  click: { type: 'book.borrow', payload: { id: 'b1' } },
  clicked: 'You have “Gardens in the north” now.',
};
const GUEST = { 'x-user-id': 'guest' };

/** The sample on the Nest that it installs, and on the one before. */
export async function checkNest(packed) {
  for (const [nest, packages] of [
    ['Nest 12', undefined],
    ['Nest 11', 'container-packages'],
  ]) {
    const cwd = await sampleProject(packed, 'nestjs', packages);
    let main;
    await check(`the sample of Nest compiles with ${nest}`, async () => {
      main = await compile('6', cwd, 'tsconfig.json');
    });
    await check(`${nest}: its providers are the chat's controllers, guards and services`, () =>
      serve(main, cwd),
    );
    await check(`${nest}: an open stream ends when the app closes, and the process with it`, () =>
      stopWhileAnswering(main, cwd),
    );
  }
}

async function serve(main, cwd) {
  const port = await freePort();
  const env = { ...process.env, PORT: port };
  await whileServing(process.execPath, [main], { cwd, env }, port, async () => {
    const origin = `http://127.0.0.1:${port}`;
    const url = `${origin}/chatkit`;
    await assert.rejects(converse(url, { ...GUIDE, headers: GUEST }), /Permission denied/);
    await converse(url, GUIDE);
    const [book] = await (await fetch(`${origin}/books`)).json();
    assert.equal(book.lentTo, 'ada', 'the chat and the app share a service');
    const refused = await post(url, { type: 'threads.create', params: { input: message } });
    assert.equal(refused.status, 401);
    assert.equal((await fetch(`${url}/actions`)).status, 200, 'paths below the chat reach it');
  });
}

async function stopWhileAnswering(main, cwd) {
  const port = await freePort();
  const env = { ...process.env, PORT: port };
  const app = spawn(process.execPath, [main], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(app, 'close');
  try {
    await Promise.race([listening(app), ended]);
    const input = { ...message, content: [{ type: 'input_text', text: '/slow' }] };
    const body = { type: 'threads.create', params: { input } };
    const answer = await post(`http://127.0.0.1:${port}/chatkit`, body, GUIDE.headers);
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of answer.body) {
      const chunk = decoder.decode(bytes, { stream: true });
      // Once: a second signal would end the process as it is.
      if (!text.includes('text_delta') && (text + chunk).includes('text_delta')) app.kill('SIGTERM');
      text += chunk;
    }
    assert.match(text, /text_delta/);
    await ended; // without the module's hook only after the whole minute of the answer
  } finally {
    app.kill('SIGKILL');
    await ended;
  }
}

async function listening(app) {
  app.stdout.setEncoding('utf8');
  for await (const text of app.stdout.iterator({ destroyOnReturn: false })) {
    if (text.includes('Nest: ')) break;
  }
  app.stdout.resume();
}
