import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { binaryOf } from './runtimes.mjs';
import { compileSample, sampleProject } from './sample-project.mjs';
import { converse, message, post } from './session.mjs';
import { freePort, whileServing } from './while-serving.mjs';

const ada = { authorization: 'Bearer token-of-ada' };
const GUIDE = {
  headers: ada,
  answer: 'What would you like to drink?',
  click: { type: 'drink.order', payload: { name: 'tea' } },
  clicked: 'One tea for ada.',
};

export async function checkHono(packed) {
  const cwd = await sampleProject(packed, 'hono');
  await check('the sample of Hono compiles', () => compileSample(cwd));
  await check('Hono on Node serves the chat, to users alone', () =>
    serve(process.execPath, ['dist/main.js'], cwd),
  );
  // What its README says to write instead of main.ts.
  const port = '{ port: Number(process.env.PORT) ';
  const bun = "import { app } from './app.ts';\nBun.serve(" + port + ', fetch: app.fetch });\n';
  const deno =
    "import process from 'node:process';\nimport { app } from './app.ts';\nDeno.serve(" +
    port +
    '}, app.fetch);\n';
  writeFileSync(join(cwd, 'bun.ts'), bun);
  writeFileSync(join(cwd, 'deno.ts'), deno);
  for (const [name, binary, args] of [
    ['Bun', binaryOf('@oven', 'bin/bun'), ['bun.ts']],
    ['Deno', binaryOf('@deno', 'deno'), ['run', '-A', '--no-check', 'deno.ts']],
  ]) {
    if (binary === undefined) continue; // checkRuntimes has said so
    await check(`Hono on ${name} serves the chat, to users alone`, () => serve(binary, args, cwd));
  }
}

async function serve(command, args, cwd) {
  const port = await freePort();
  const env = { ...process.env, PORT: port };
  await whileServing(command, args, { cwd, env }, port, async () => {
    const url = `http://127.0.0.1:${port}/chatkit`;
    await converse(url, GUIDE);
    for (const headers of [{}, { authorization: 'Bearer constructor' }]) {
      const refused = await post(url, { type: 'threads.create', params: { input: message } }, headers);
      assert.equal(refused.status, 401);
    }
    const registry = await fetch(`${url}/actions`, { headers: ada });
    assert.equal(registry.status, 200, 'paths below the chat reach it');
  });
}
