import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Result } from '../../src/cli/command';
import { askChoices } from '../../src/cli/init/ask-choices';
import { callingPackageManager } from '../../src/cli/init/choices';
import { run } from '../../src/cli/run';
import { askAt, PLAIN } from '../../src/cli/terminal';
import { installPackage, ROOT } from './built-package';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'chatkit-init-'))));
afterEach(() => rmSync(home, { recursive: true }));

const out = (): string => join(home, 'My Chat');
const init = (...args: string[]): Promise<Result> => run(['init', out(), ...args]);
const read = (path: string): string => readFileSync(join(out(), path), 'utf8');
const manifest = (): Record<string, Record<string, string>> =>
  JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const ALWAYS = [
  ...['.gitignore', 'README.md', 'package.json', 'src/chat.ts', 'src/colour-controller.ts', 'src/colours.ts'],
  ...['src/main.ts', 'src/store.ts', 'test/chat.test.ts', 'tsconfig.json'],
];

describe('the files', () => {
  test('without options are those of an ES module with SQLite', async () => {
    const { code, stdout, stderr } = await init();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`The project is in ${out()}.`);
    expect(filesOf(out())).toEqual(ALWAYS.toSorted());
    expect(manifest()).toMatchObject({
      name: 'my-chat',
      type: 'module',
      optionalDependencies: { libsql: expect.any(String) },
    });
    expect(read('src/store.ts')).toContain('SqliteStore');
  });

  test('are told as JSON', async () => {
    const { stdout } = await init('--json', '--store', 'postgres', '--agent', '--package-manager', 'yarn');
    const told = JSON.parse(stdout) as { files: string[] };
    expect(told).toMatchObject({
      folder: out(),
      store: 'postgres',
      agent: true,
      module: 'esm',
      packageManager: 'yarn',
    });
    expect(told.files.toSorted()).toEqual(filesOf(out()));
    expect(told.files).toEqual(
      expect.arrayContaining([...ALWAYS, '.env.example', '.yarnrc.yml', 'src/agent.ts', 'src/models.ts']),
    );
  });

  test.each([
    ['memory', [], ['pg', 'libsql', '@openai/agents'], false],
    ['postgres', ['pg'], ['libsql', '@openai/agents'], true],
    ['sqlite', ['libsql'], ['pg', '@openai/agents'], false],
    ['sqlite --agent', ['libsql', '@openai/agents', 'openai', 'zod'], ['pg'], true],
  ])('for %s need what they import, and nothing else', async (args, needed, others, hasEnvironment) => {
    await init('--store', ...args.split(' '));
    const { dependencies, optionalDependencies } = manifest();
    const installed = Object.keys({ ...dependencies, ...optionalDependencies });
    expect(installed).toEqual(expect.arrayContaining(needed));
    expect(installed.filter((name) => others.includes(name))).toEqual([]);
    expect(existsSync(join(out(), '.env.example'))).toBe(hasEnvironment);
    const imported = filesOf(out())
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => Array.from(read(file).matchAll(/from '([^.'][^']*)'/g), ([, name = '']) => name))
      .filter((name) => !name.startsWith('node:'))
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]);
    expect(installed).toEqual(expect.arrayContaining(imported));
  });

  test.each(['npm', 'pnpm', 'yarn', 'bun'])('name the commands of %s', async (manager) => {
    const { stdout } = await init('--package-manager', manager);
    expect(stdout).toContain(`  ${manager} install`);
    const test = manager === 'bun' ? 'bun run test' : `${manager} test`;
    for (const text of [stdout, read('README.md')]) expect(text).toContain(test);
  });

  test('of CommonJS are the same but for the kind of package', async () => {
    await init('--module', 'commonjs');
    expect(manifest()).toMatchObject({ type: 'commonjs' });
    const texts = filesOf(out()).map(read);
    rmSync(out(), { recursive: true });
    await init();
    expect(
      filesOf(out())
        .map(read)
        .filter((text) => !texts.includes(text)),
    ).toHaveLength(1);
  });

  test('have a release of each package', async () => {
    await init('--agent', '--store', 'postgres');
    for (const part of ['dependencies', 'devDependencies']) {
      for (const [name, release] of Object.entries(manifest()[part]!)) {
        if (name !== 'chatkit-controllers') expect(release).toMatch(/\d/);
      }
    }
  });
});

describe('the folder', () => {
  test.each([
    [
      'is not empty',
      () => writeFileSync(join(out(), 'mine.txt'), 'mine'),
      'is not empty: name another folder, or overwrite files with --force.',
    ],
    [
      'is a file',
      () => {
        rmSync(out(), { recursive: true });
        writeFileSync(out(), 'mine');
      },
      'is a file: name another folder.',
    ],
  ])('that %s is left alone', async (_, prepare, message) => {
    mkdirSync(out());
    prepare();
    const before = filesOf(home);
    const { code, stdout, stderr } = await init();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(filesOf(home)).toEqual(before);
  });

  test('of a new repository may be used', async () => {
    mkdirSync(join(out(), '.git'), { recursive: true });
    expect((await init()).code).toBe(0);
  });

  test('is written into by --force, where files of other names stay', async () => {
    mkdirSync(out());
    writeFileSync(join(out(), 'mine.txt'), 'mine');
    writeFileSync(join(out(), 'README.md'), 'mine');
    expect((await init('--force')).code).toBe(0);
    expect(read('mine.txt')).toBe('mine');
    expect(read('README.md')).toMatch(/^# my-chat\n/);
  });

  test('is as it was when something cannot be written', async () => {
    mkdirSync(join(out(), 'src/main.ts'), { recursive: true }); // a folder of that name
    writeFileSync(join(out(), 'README.md'), 'mine');
    const { code, stderr } = await init('--force');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^project_not_written: .*is a folder.*\n$/);
    expect(filesOf(home)).toEqual(['My Chat/README.md']);
    expect(read('README.md')).toBe('mine');
  });
});

test.each([
  [['--store', 'mysql'], '--store is "mysql": choose memory, sqlite, postgres.\n'],
  [['--store', 'sqllite'], '--store is "sqllite": choose memory, sqlite, postgres. Did you mean sqlite?'],
  [['--module', 'es6'], '--module is "es6": choose esm, commonjs.'],
  [['--package-manager', 'pnpn'], 'Did you mean pnpm?'],
  [['--package', 'npm'], 'init has no option --package. Did you mean --package-manager?'],
])('%p is refused', async (args, message) => {
  const { code, stderr } = await init(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(out())).toBe(false);
});

describe('on a terminal', () => {
  /** Answers the questions in turn. */
  const terminal = (...answers: string[]) => {
    const questions: string[] = [];
    const ask = async (question: string): Promise<string> => {
      questions.push(question);
      return answers.shift()!;
    };
    return { questions, style: PLAIN, print: () => undefined, ask };
  };

  test('it asks for store, answerer and modules', async () => {
    const asking = terminal('2', 'agent', '2');
    await run(['init', out(), '--package-manager', 'npm'], asking);
    expect(asking.questions).toEqual([
      'Where are threads kept?\n  1. sqlite    a file; one server\n  2. postgres  a database; any number of servers\n  3. memory    is lost when the server stops\n[1] ',
      'What answers?\n  1. code   a controller answers messages\n  2. agent  an agent of the OpenAI Agents SDK answers them\n[1] ',
      'Which kind of modules?\n  1. esm       ES modules\n  2. commonjs  compiled to require()\n[1] ',
    ]);
    expect(read('src/store.ts')).toContain('PostgresStore');
    expect(existsSync(join(out(), 'src/agent.ts'))).toBe(true);
    expect(manifest()).toMatchObject({ type: 'commonjs' });
  });

  test('Enter takes the first, and what is no choice is asked again', async () => {
    const asking = terminal('', '4', 'agents', 'code', '');
    expect(await askChoices(asking.ask, {})).toEqual({ store: 'sqlite', agent: false, module: 'esm' });
    expect(asking.questions).toHaveLength(5);
  });

  test.each([['--yes'], ['-y'], ['--json']])('it asks nothing with %s', async (option) => {
    const asking = terminal();
    expect((await run(['init', out(), option], asking)).code).toBe(0);
    expect(asking.questions).toEqual([]);
  });

  test('nothing is written when the user breaks off', async () => {
    const streams = { input: new PassThrough(), output: new PassThrough() };
    const ask = askAt(streams.input, streams.output);
    const ended = run(['init', out()], { style: PLAIN, print: () => undefined, ask });
    streams.input.end();
    expect(await ended).toEqual({ code: 2, stdout: '', stderr: 'Stopped: nothing was written.\n' });
    expect(existsSync(out())).toBe(false);
  });

  test('it asks nothing that an option says', async () => {
    const asking = terminal('1');
    await run(['init', out(), '--store', 'memory', '--module', 'esm'], asking);
    expect(asking.questions).toEqual([expect.stringMatching(/^What answers\?/)]);
  });
});

test.each([
  ['npm/11.0.0 node/v24 linux x64', 'npm'],
  ['pnpm/10.0.0 npm/? node/v24', 'pnpm'],
  ['yarn/4.9.0', 'yarn'],
  ['bun/1.3.0', 'bun'],
  ['deno/2', 'npm'],
  [undefined, 'npm'],
])('is called by %p, which is %s', (agent, manager) => {
  expect(callingPackageManager({ npm_config_user_agent: agent })).toBe(manager);
});

describe('create-chatkit-controllers', () => {
  const folder = join(ROOT, 'packages/create-chatkit-controllers');
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const created = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;

  test('has the version of the package, and needs that one', () => {
    const { version, license, engines } = own;
    expect(created).toMatchObject({
      version,
      license,
      engines,
      dependencies: { 'chatkit-controllers': version },
    });
  });

  test('calls init', () => {
    const installed = join(home, 'node_modules');
    cpSync(folder, join(installed, 'create-chatkit-controllers'), { recursive: true });
    installPackage(join(installed, 'chatkit-controllers'));
    const main = join(installed, 'create-chatkit-controllers/index.js');
    const { stdout } = spawnSync(process.execPath, [main, out(), '--store', 'memory'], { encoding: 'utf8' });
    expect(stdout).toContain(`The project is in ${out()}.`);
    expect(read('src/store.ts')).toContain('MemoryStore');
  }, 60_000);

  test('needs nothing besides the package: no peer is loaded', () => {
    const installed = join(home, 'node_modules/chatkit-controllers');
    installPackage(installed);
    const { status, stderr } = spawnSync(process.execPath, [
      join(installed, 'dist/cli/main.js'),
      'init',
      out(),
    ]);
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
  }, 60_000);
});
