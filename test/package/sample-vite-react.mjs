import assert from 'node:assert/strict';
import { check } from './check.mjs';
import { execute } from './execute.mjs';
import { compileSample, sampleProject } from './sample-project.mjs';
import { converse, message, post } from './session.mjs';
import { inChromium } from './chromium.mjs';
import { usePage } from './sample-vite-react-page.mjs';
import { freePort, whileServing } from './while-serving.mjs';

const NAME = 'vite-react';
const VITE = 'node_modules/vite/bin/vite.js';
const GUIDE = {
  answer: 'These are our lamps.',
  click: { type: 'lamp.add', payload: { name: 'desk lamp' } },
  clicked: 'I put the desk lamp into your cart.',
};

export async function checkViteReact(packed) {
  const cwd = await sampleProject(packed, NAME);
  await check('React: the types, of server and page', async () => {
    await compileSample(cwd, '-p', 'server');
    await compileSample(cwd, '-p', 'page');
  });
  await check('React: the page is built', () => execute(process.execPath, [VITE, 'build'], { cwd }));
  await withServer(cwd, async (server) => {
    await check('React: its server serves the page that was built, and the chat to users alone', () =>
      useAsUser(server, /src="\/assets\/[\w-]+\.js"/),
    );
    await check('React: its page in Chromium, as it was built', () =>
      inChromium((browser) => usePage(browser, server)),
    );
    await withVite(cwd, server, async (vite) => {
      await check("React: its server behind Vite's proxy", () => useAsUser(vite, /src="\/page\/main\.tsx/));
      await check('React: its page in Chromium, from Vite', () =>
        inChromium((browser) => usePage(browser, vite)),
      );
    });
  });
}

async function withServer(cwd, work) {
  const port = await freePort();
  const env = { ...process.env, PORT: port };
  await whileServing(process.execPath, ['dist/server/main.js'], { cwd, env }, port, () =>
    work(`http://localhost:${port}`),
  );
}

async function withVite(cwd, server, work) {
  const port = await freePort();
  const env = { ...process.env, SERVER: server };
  const args = [VITE, '--port', port, '--strictPort'];
  await whileServing(process.execPath, args, { cwd, env }, port, () => work(`http://localhost:${port}`));
}

async function useAsUser(origin, script) {
  assert.match(await (await fetch(origin)).text(), script);
  const url = `${origin}/chatkit`;
  const refused = await post(url, { type: 'threads.create', params: { input: message } });
  assert.equal(refused.status, 401);
  const token = await (await fetch(`${origin}/login`, { method: 'POST' })).text();
  await converse(url, { ...GUIDE, headers: { authorization: `Bearer ${token}` } });
}
