import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createClient, createThreadState, reduceThread, type ThreadState } from '../../src/client';
import { MODULES, STORES } from '../../src/cli/init/choices';
import { run } from '../../src/cli/run';
import { freePort } from '../samples/sample-process';
import { until } from '../support/wait';
import { folderForProjects, installPackage, ROOT } from './built-package';
import { sourcesIn, typeProblems } from './type-check-projects';

jest.setTimeout(180_000);

/*
 * Projects as `init` makes them. They find the package as it is built, and the other packages of this
 * repository; test/package installs them as users do.
 */

const COMBINATIONS = STORES.flatMap((store) =>
  MODULES.flatMap((module) =>
    [[], ['--agent']].map((agent) => ['--store', store, '--module', module, ...agent]),
  ),
);
const nameOf = (args: readonly string[]): string =>
  args.filter((arg) => !/^--(store|module)$/.test(arg)).join('');

let home: string;
beforeAll(async () => {
  home = folderForProjects('init');
  installPackage(join(home, 'node_modules/chatkit-controllers'));
  for (const args of COMBINATIONS) {
    const { code, stderr } = await run(['init', join(home, nameOf(args)), ...args]);
    if (code !== 0) throw new Error(stderr);
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('have types that fit, in every combination', () => {
  const projects = COMBINATIONS.map((args) => join(home, nameOf(args)));
  expect(new Set(projects).size).toBe(12);
  const files = projects.flatMap(sourcesIn);
  expect(typeProblems(files, join(projects[0]!, 'tsconfig.json'))).toEqual([]);
});

const TSX = join(ROOT, 'node_modules/tsx/dist/cli.mjs');

describe.each(['sqliteesm', 'memorycommonjs', 'sqliteesm--agent', 'memorycommonjs--agent'])(
  'the project of %s',
  (name) => {
    // A key in the environment of whoever runs the tests would ask a model.
    const env = { ...process.env, OPENAI_API_KEY: '', NODE_TEST_CONTEXT: undefined, NODE_ENV: 'development' };

    it('has a test that passes', () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [TSX, '--test', 'test/chat.test.ts'], {
        cwd: join(home, name),
        encoding: 'utf8',
        env: { ...env, OPENAI_API_KEY: 'not to be asked' },
      });
      expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
      expect(stdout).toMatch(/(#|ℹ) pass 1\b/);
    });

    it.each([
      ['routes', /^action +colour\.pick +ColourController\.picked +\{ colour \}$/m],
      ['check', /^No problems: 3 actions in 1 widget/],
    ])('has a script that runs %s', (command, expected) => {
      const main = join(home, 'node_modules/chatkit-controllers/dist/cli/main.js');
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [main, command, '--app', 'src/chat.ts', '--export', 'createChat'],
        { cwd: join(home, name), encoding: 'utf8', env },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(expected);
    });

    it('has a server where a button can be clicked, with the playground beside it', async () => {
      const port = await freePort();
      const server = spawn(process.execPath, [TSX, 'src/main.ts'], {
        cwd: join(home, name),
        env: { ...env, PORT: String(port) },
      });
      try {
        const page = /http:\S+/.exec(await printed(server))?.[0] ?? '';
        expect(page).toBe(`http://localhost:${String(port)}/chatkit/playground/`);
        const client = createClient({ url: `http://127.0.0.1:${String(port)}/chatkit` });
        let state = await read(createThreadState(), client.threads.create('Hello'));
        const card = state.items.find(({ type }) => type === 'widget')!;
        const action = { type: 'colour.pick', payload: { colour: 'green' } };
        state = await read(state, client.threads.action(state.thread!.id, action, { itemId: card.id }));
        expect(state.items.at(-1)).toMatchObject({ content: [{ text: 'You picked green.' }] });
        expect(state.items.find(({ id }) => id === card.id)).not.toEqual(card); // it shows what was picked
        expect((await fetch(`http://127.0.0.1:${String(port)}/chatkit/actions`)).status).toBe(200);
        const ended = new Promise((resolve) => server.once('close', resolve));
        server.kill('SIGTERM');
        await ended;
      } finally {
        server.kill('SIGKILL');
      }
    });
  },
);

it('says how another port is chosen where one is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const env = { ...process.env, PORT: String(port), NODE_ENV: 'development' };
  const server = spawn(process.execPath, [TSX, 'src/main.ts'], { cwd: join(home, 'memorycommonjs'), env });
  let text = '';
  server.stderr.on('data', (part) => (text += String(part)));
  const [code] = (await once(server, 'close')) as [number];
  other.close();
  expect({ code, text }).toEqual({
    code: 1,
    text: expect.stringMatching(
      /EADDRINUSE.*Stop the other program, or set PORT: write PORT=\d+ into the file \.env\.\n$/,
    ),
  });
});

it.each([[], ['--agent']])('have a README whose button works when it is pasted: %p', async (...args) => {
  const project = join(home, `button${args.join('')}`);
  await run(['init', project, '--store', 'memory', ...args]);
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  const pasted = Array.from(readme.matchAll(/^ {3}```ts\n(.*?)^ {3}```/gms), ([, code = '']) => code);
  const [action, button, imported, handler] = pasted as [string, string, string, string];
  edit(join(project, 'src/colours.ts'), (code) => code.replace(/^ {6}\}\),\n/m, `$&${button}`) + action);
  edit(
    join(project, 'src/colour-controller.ts'),
    (code) => imported + code.replace(/\}\n$/, `${handler}}\n`),
  );

  expect(typeProblems(sourcesIn(project), join(project, 'tsconfig.json'))).toEqual([]);
  const main = join(home, 'node_modules/chatkit-controllers/dist/cli/main.js');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [main, 'check', '--app', 'src/chat.ts', '--export', 'createChat'],
    { cwd: project, encoding: 'utf8', env: { ...process.env, OPENAI_API_KEY: '' } },
  );
  expect({ stdout, stderr }).toEqual({
    stdout: expect.stringContaining('4 actions in 1 widget'),
    stderr: '',
  });
});

function edit(file: string, change: (code: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

async function read(
  before: ThreadState,
  events: AsyncIterable<Parameters<typeof reduceThread>[1]>,
): Promise<ThreadState> {
  let state = before;
  for await (const event of events) state = reduceThread(state, event);
  return state;
}

/** What a server prints until it listens. */
async function printed(server: ChildProcess): Promise<string> {
  let text = '';
  for (const output of [server.stdout!, server.stderr!]) output.on('data', (part) => (text += String(part)));
  await until(
    () => text.includes('Try the chat') || server.exitCode !== null,
    'the server to listen',
    60_000,
  );
  return text;
}
