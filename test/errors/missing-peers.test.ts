import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installPackage, ROOT } from '../cli/built-package';

jest.setTimeout(120_000);

/*
 * The package as it is built, in folders where one package is missing that the app has to install: every
 * subpath loads without it, or says what to install; so does what needs it later.
 */

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  name: string;
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};
const SUBPATHS = Object.keys(manifest.exports)
  .filter((subpath) => !subpath.endsWith('.json'))
  .map((subpath) => manifest.name + subpath.slice(1));

/** Imported by the app and its tools: the package has only types of them, or finds them loaded. */
const OF_THE_APP = ['@types/express', '@types/node', 'ai', 'express', 'openai', 'reflect-metadata'];

const CHAT = `
  const { chat, ...of } = require('chatkit-controllers');
  class Dto {}
  try { require('class-validator').IsString()(Dto.prototype, 'id'); } catch {}
  class Controller { reply() {} act() {} }
  of.ChatController()(Controller);
  of.OnMessage()(Controller.prototype, 'reply', Object.getOwnPropertyDescriptor(Controller.prototype, 'reply'));
  of.OnAction('act')(Controller.prototype, 'act', Object.getOwnPropertyDescriptor(Controller.prototype, 'act'));
  of.Payload(Dto)(Controller.prototype, 'act', 0);
  const log = () => undefined;
  const logger = { debug: log, info: log, warn: log, error: log };
  const start = (...more) =>
    of.createChatKit({ controllers: [Controller, ...more], store: new of.MemoryStore(), owner: 'shared', logger });
`;

/** What needs a package later than it is loaded: it throws, or returns what it says. */
const LATER: Readonly<Record<string, string>> = {
  '@openai/agents': `${CHAT} start(require('chatkit-controllers/agents').agentController({ agents: [] }));`,
  '@opentelemetry/api': "require('chatkit-controllers/opentelemetry').openTelemetry();",
  'class-transformer': `${CHAT} start();`,
  'class-validator': `${CHAT} start();`,
  'class-validator-jsonschema': `${CHAT} return start().registry().find(({ kind }) => kind === 'action').schemaError;`,
  libsql: "new (require('chatkit-controllers/sqlite').SqliteStore)(':memory:', { driver: 'libsql' });",
  pg: "new (require('chatkit-controllers/postgres').PostgresStore)('postgres://localhost/chat');",
  typescript: `return require('node:child_process').spawnSync(
    process.execPath, [require.resolve('chatkit-controllers/package.json').replace('package.json', 'dist/cli/main.js'),
    'import-workflow', __filename], { encoding: 'utf8' }).stderr;`,
};

let home: string;
const linkOf = (name: string): string => join(home, 'node_modules', name);

function link(name: string): void {
  mkdirSync(dirname(linkOf(name)), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), linkOf(name), 'junction');
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'chatkit-peers-'));
  installPackage(linkOf(manifest.name));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) link(name);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What a script says in the folder while a package is missing there: the text that it returns, or its error. */
function without(missing: string | undefined, script: string): unknown {
  const file = join(home, 'script.js');
  writeFileSync(
    file,
    `const said = () => { ${script} };
     try { console.log(JSON.stringify(said() ?? null)); } catch (error) { console.log(JSON.stringify(error.message)); }`,
  );
  if (missing !== undefined) rmSync(linkOf(missing));
  try {
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', cwd: home });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as unknown;
  } finally {
    if (missing !== undefined) link(missing);
  }
}

const toInstall = (name: string): RegExp => new RegExp(`(npm install|npx .*-p) ${name}(?![\\w-])`);

/** What each subpath says when it is loaded; nothing where it loads. */
const LOADING = `return ${JSON.stringify(SUBPATHS)}.flatMap((subpath) => {
  try { require(subpath); return []; } catch (error) { return [error.message]; }
});`;

describe.each(Object.keys(manifest.peerDependencies))('without %s', (peer) => {
  it('each subpath loads, or says what to install', () => {
    for (const message of without(peer, LOADING) as string[]) expect(message).toMatch(toInstall(peer));
  });

  if (OF_THE_APP.includes(peer)) return;

  it('what needs it says what to install', () => {
    const said = without(peer, LATER[peer] ?? `require('${manifest.name}');`);
    expect(said).toEqual(expect.stringMatching(toInstall(peer)));
  });
});

it('says nothing where all is installed', () => {
  expect(without(undefined, LOADING)).toEqual([]);
});

it('knows which packages are loaded', () => {
  const files = readdirSync(linkOf(manifest.name), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  const code = files.map((name) => readFileSync(join(linkOf(manifest.name), name), 'utf8')).join('\n');
  for (const peer of OF_THE_APP)
    expect(code).not.toMatch(new RegExp(`(require|import)\\(["'\`]${peer}["'\`]`));
});
