import fc from 'fast-check';
import { COMMANDS } from '../../src/cli/commands';
import { run } from '../../src/cli/run';
import { COLOURED, PLAIN, styleFor } from '../../src/cli/terminal';

const { version } = jest.requireActual<{ version: string }>('../../package.json');
const names = COMMANDS.map(({ name }) => name);
const words = (text: string): string[] => text.split(' ').filter(Boolean);

describe('help', () => {
  test.each([['--help'], ['-h']])('%s lists all commands', async (args) => {
    const { code, stdout, stderr } = await run(words(args));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: chatkit-controllers <command> \[options\]/);
    for (const name of names) expect(stdout).toContain(`\n  ${name} `);
  });

  test.each(names)('is there for %s, with all its options and exit codes', async (name) => {
    const { options } = COMMANDS.find((command) => command.name === name)!;
    for (const args of [[name, '--help'], ['-h'].concat(name).reverse()]) {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: chatkit-controllers ${name} `));
      expect(stdout).toContain('Exit codes: 0 ');
      for (const option of Object.keys(options))
        expect(stdout).toMatch(new RegExp(`^  .*--${option}\\b`, 'm'));
    }
  });

  test.each(names)('of %s names no option that is not there', async (name) => {
    const { options } = COMMANDS.find((command) => command.name === name)!;
    const { stdout } = await run([name, '--help']);
    const named = Array.from(stdout.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm), ([, option]) => option);
    expect(new Set(named)).toEqual(new Set([...Object.keys(options), 'help', 'version']));
  });

  test.each(names)('%s prints JSON where it is asked to', (name) => {
    expect(COMMANDS.find((command) => command.name === name)!.options).toHaveProperty('json');
  });
});

test.each([['--version'], ['-v'], ['check --version']])('%s', async (args) => {
  expect(await run(words(args))).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('without a command all are listed', async () => {
  const { code, stdout, stderr } = await run([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe((await run(['--help'])).stdout);
});

describe('what is not understood ends with 2, and one line that leads to the help', () => {
  test.each([
    ['dance', 'There is no command "dance".\n', ''],
    ['chekc', 'There is no command "chekc". Did you mean "check"?', ''],
    ['import-workflw x', 'There is no command "import-workflw". Did you mean "import-workflow"?', ''],
    ['--app x check', 'Name the command first, before --app.', ''],
    ['check', 'Name the module with --app.', 'check'],
    ['check --app=', '--app needs a value.', 'check'],
    ['check --app', '--app needs a value.', 'check'],
    ['check --app --json', '--app needs a value.', 'check'],
    ['check --app x --loud', 'check has no option --loud.\n', 'check'],
    ['check --app x --jsn', 'check has no option --jsn. Did you mean --json?', 'check'],
    ['check --ap x', 'check has no option --ap. Did you mean --app?', 'check'],
    ['check --app x -j', 'check has no option -j.', 'check'],
    ['check --app x --out y', 'check has no option --out.', 'check'],
    ['routes --app x --strict', 'routes has no option --strict.', 'routes'],
    ['check --app x --toString y', 'check has no option --toString.', 'check'],
    ['check esm/named.js', '"esm/named.js" was not expected: check takes options only.', 'check'],
    [
      'import-workflow a.ts b.ts',
      '"b.ts" was not expected: import-workflow takes one file.',
      'import-workflow',
    ],
    ['check --app x --json=yes', '--json takes no value.', 'check'],
    ['playground', 'Name the backend with --url.', 'playground'],
    ['playground --url localhost:8000', '"localhost:8000" is not the URL of a backend', 'playground'],
    ['playground --url http://x --port 70000', '--port is "70000": give a number', 'playground'],
    ['playground --url http://x --header secret', '--header takes a text like', 'playground'],
  ])('%p', async (args, message, usage) => {
    const { code, stdout, stderr } = await run(words(args));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(message)).toBe(true);
    const [, help, ...rest] = stderr.split('\n');
    expect({ help, rest }).toEqual({
      help: ['Help: npx chatkit-controllers', usage, '--help'].filter(Boolean).join(' '),
      rest: [''],
    });
  });

  test.each(names)('by %s, too', async (name) => {
    expect((await run([name, '--loud'])).stderr).toBe(
      `${name} has no option --loud.\nHelp: npx chatkit-controllers ${name} --help\n`,
    );
  });

  test('whatever is given, nothing is thrown', async () => {
    const word = fc.oneof(
      // Not those that would write into this folder, or go on.
      fc.constantFrom('check', 'routes', 'import-workflow'),
      fc.constantFrom('--app', '--json', '--', '-', '-h=1', '--no-json', '--out=', '--app=x'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 4 }), async (args) => {
        const { code, stdout, stderr } = await run(args);
        expect(code === 2 ? stderr : stdout).not.toBe('');
        expect(stderr).not.toMatch(/\n {4}at /); // no stack
      }),
    );
  });

  test('the value of a header is not repeated: it may be a secret', async () => {
    const { stderr } = await run([
      'playground',
      '--url',
      'http://x',
      '--header',
      'authorization: sec\u0000ret',
    ]);
    expect(stderr).toContain('"authorization" is not one');
    expect(stderr).not.toContain('ret');
  });
});

describe('colours', () => {
  test.each([
    [{ isTTY: true }, {}, COLOURED],
    [{ isTTY: true }, { NO_COLOR: '' }, COLOURED],
    [{ isTTY: true }, { NO_COLOR: '1' }, PLAIN],
    [{ isTTY: true }, { TERM: 'dumb' }, PLAIN],
    [{ isTTY: false }, {}, PLAIN],
    [{}, { FORCE_COLOR: '1' }, PLAIN],
  ])('of %p under %p', (stream, env, style) => {
    expect(styleFor(stream, env)).toBe(style);
  });

  test('add nothing but marks, which end where they began', () => {
    for (const mark of Object.values(COLOURED)) {
      // eslint-disable-next-line no-control-regex
      expect((mark as (text: string) => string)('text').replaceAll(/\u001b\[\d+m/g, '')).toBe('text');
      expect((mark as (text: string) => string)('text')).toMatch(/^.\[\d+mtext.\[\d+m$/);
    }
  });
});
