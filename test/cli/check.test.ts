import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Project, type Printed } from './project';

jest.setTimeout(120_000);

let project: Project;
beforeAll(() => (project = new Project()));
afterAll(() => project.remove());

const check = (app: string, ...args: string[]): Printed => project.run(['check', '--app', app, ...args]);

const WELL = [
  'No problems: 2 actions in 1 widget, each with a handler.',
  '',
  '2 actions have handlers, but no widget sends them:',
  '  item.archive, ItemController.away',
  '  item.hide, ItemController.away',
  '',
].join('\n');

describe.each(['cjs', 'esm'])('an app in %s', (kind) => {
  test.each([
    ['is exported as `app`', 'named'],
    ["is an adapter's handler, by default", 'default'],
    ['is the only one there, twice over', 'only'],
    ['is made by a function', 'factory'],
  ])('%s', (_, name) => {
    expect(check(`${kind}/${name}.js`)).toEqual({ code: 0, stdout: WELL, stderr: '' });
  });

  test('in development prints what is found, and nothing of its start', () => {
    const printed = project.run(['check', '--app', `${kind}/named.js`], [], { NODE_ENV: 'development' });
    expect(printed).toEqual({ code: 0, stdout: WELL, stderr: '' });
  });

  test('does not start', () => {
    const { code, stdout, stderr } = check(`${kind}/faulty.js`);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toBe(
      [
        '2 problems:',
        '  1. widgets[0], children.0.onClickAction: the action "item.selct" has no streaming handler. Did you mean "item.select"?',
        '     Send the right name, or add a handler, in a controller without a prefix:',
        '',
        '     class ItemSelctPayload {',
        '       @IsString() id!: string;',
        '     }',
        '',
        "     @OnAction('item.selct')",
        '     onItemSelct(@Payload(ItemSelctPayload) payload: ItemSelctPayload) {',
        "       return assistantMessage('item.selct is not built yet.');",
        '     }',
        '  2. widgets[0], children.1.onClickAction: ItemController.select would answer "item.select" with: Invalid payload: id must be a string.',
        '     Change the payload in the widget, or the payload type of ItemController.select.',
        '',
      ].join('\n'),
    );
  });

  test('does not start, and says so in words of its own', () => {
    const { code, stdout } = check(`${kind}/wrapped.js`);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^2 problems:/);
  });

  test('names no widgets', () => {
    const { code, stdout } = check(`${kind}/bare.js`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing was checked: the app lists no widgets\./);
    expect(check(`${kind}/bare.js`, '--strict').code).toBe(1);
  });

  test('throws as it loads', () => {
    const { code, stdout, stderr } = check(`${kind}/crashing.js`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Error: DATABASE_URL is not set\.\n {4}at .*crashing\.js/);
    expect(stderr).toContain('Caused by: TypeError: no url');
  });

  test('prints as it loads, and would never end', () => {
    const { code, stdout, stderr } = check(`${kind}/lingering.js`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: WELL });
    expect(stderr).toMatch(/^Loading the shop\nand more\n/);
  });
});

test('an app that has not loaded reflect-metadata is told to', () => {
  writeFileSync(
    join(project.home, 'cjs/no-metadata.js'),
    "require('class-transformer').Type(() => Date)({}, 'on');",
  );
  const { code, stdout, stderr } = check('cjs/no-metadata.js');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Reflect.getMetadata is not a function');
  expect(stderr).toContain("Put `import 'reflect-metadata';` first in the module of the app.");
});

test('a port that is in use is no problem of the widgets', () => {
  const { code, stdout, stderr } = check('esm/crashing-later.js');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('EADDRINUSE');
});

describe('the export', () => {
  test('is named', () => {
    expect(check('esm/several.js', '--export', 'first')).toEqual({ code: 0, stdout: WELL, stderr: '' });
    expect(check('cjs/several.js', '--export', 'second').stdout).toMatch(/^Nothing was checked/);
    expect(check('esm/factory.js', '--export=makeBare').stdout).toMatch(/^Nothing was checked/);
  });

  test.each([
    ['esm/several.js', [], 'The module exports several apps: first, second. Name one with --export.'],
    ['cjs/several.js', [], 'The module exports several apps: first, second. Name one with --export.'],
    ['esm/none.js', [], 'The module exports no app, but "app", "port".'],
    ['cjs/none.js', [], 'The module exports no app, but "app", "port".'],
    ['esm/several.js', ['--export', 'third'], 'The module has no export "third", but "first", "second".'],
    ['esm/none.js', ['--export', 'port'], 'The export "port" is not an app'],
    ['esm/factory.js', ['--export', 'makeWithArguments'], 'The export "makeWithArguments" is not an app'],
    ['esm/factory.js', ['--export', 'nothing'], 'The export "nothing" is not an app'],
    ['esm/nowhere.js', [], 'There is no file esm/nowhere.js.'],
  ])('%s %p cannot be found', (app, args, message) => {
    const { code, stdout, stderr } = check(app, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr).toContain('\nHelp: npx chatkit-controllers check --help\n');
  });

  test('is all there is of a CommonJS module', () => {
    writeFileSync(join(project.home, 'cjs/whole.js'), "module.exports = require('./shop').shop();");
    writeFileSync(join(project.home, 'cjs/plain.js'), "module.exports = { app: require('./shop').shop() };");
    writeFileSync(join(project.home, 'cjs/maker.js'), "module.exports = () => require('./shop').shop();");
    for (const name of ['whole', 'plain', 'maker']) {
      expect(check(`cjs/${name}.js`)).toEqual({ code: 0, stdout: WELL, stderr: '' });
    }
  });

  test('is of another copy of the package', () => {
    const text =
      'export const app = { app: { registry: () => [], check: () => ({ widgets: [], actions: [], problems: [], unused: [] }) } };';
    writeFileSync(join(project.home, 'esm/copy.js'), text);
    expect(check('esm/copy.js').code).toBe(0);
  });
});

describe('--json', () => {
  const json = (app: string, ...args: string[]): { code: number | null; report: unknown } => {
    const { code, stdout } = check(app, '--json', ...args);
    return { code, report: JSON.parse(stdout) };
  };

  test('prints one document, and nothing else', () => {
    expect(json('esm/lingering.js')).toEqual({
      code: 0,
      report: {
        ok: true,
        widgets: [{ name: 'widgets[0]', actions: 2 }],
        actions: [
          {
            widget: 'widgets[0]',
            path: 'children.0.onClickAction',
            component: 'Button',
            action: 'item.select',
            kind: 'action',
            handler: 'ItemController.select',
          },
          {
            widget: 'widgets[0]',
            path: 'children.1.onClickAction',
            component: 'Button',
            action: 'item.star',
            kind: 'sync_action',
            handler: 'ItemController.star',
          },
        ],
        problems: [],
        unused: [
          { where: 'ItemController.away', kind: 'action', pattern: 'item.archive' },
          { where: 'ItemController.away', kind: 'action', pattern: 'item.hide' },
        ],
      },
    });
  });

  test('with --strict is not ok where an action is unused', () => {
    expect(json('esm/named.js', '--strict')).toMatchObject({ code: 1, report: { ok: false, problems: [] } });
    expect(check('esm/named.js', '--strict').stdout).toBe(`${WELL}\nWith --strict this is an error.\n`);
  });

  test('tells the problems of an app that does not start', () => {
    expect(json('cjs/faulty.js')).toEqual({
      code: 1,
      report: {
        ok: false,
        widgets: [],
        actions: [],
        problems: [
          expect.objectContaining({
            code: 'action_without_handler',
            widget: 'widgets[0]',
            path: 'children.0.onClickAction',
            action: 'item.selct',
            fix: expect.stringContaining("@OnAction('item.selct')"),
          }),
          expect.objectContaining({ code: 'payload_does_not_fit', action: 'item.select' }),
        ],
        unused: [],
      },
    });
  });

  test('says nothing on standard output where nothing could be checked', () => {
    expect(check('esm/crashing.js', '--json')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('TypeScript', () => {
  test('is loaded by the tsx of the project', () => {
    expect(check('src/typescript.ts')).toEqual({ code: 0, stdout: WELL, stderr: '' });
    const printed = project.run(['check', '--app', 'src/typescript.ts'], ['--import', 'tsx']);
    expect(printed).toEqual({ code: 0, stdout: WELL, stderr: '' });
  });

  test('is refused with advice where there is no tsx', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'chatkit-typescript-'));
    const file = join(elsewhere, 'app.ts');
    writeFileSync(
      file,
      'const decorate = (): void => {};\n@(decorate as never) class A {}\nexport const app = A;',
    );
    const { code, stderr } = check(file);
    rmSync(elsewhere, { recursive: true });
    expect(code).toBe(2);
    expect(stderr).toContain('Install tsx (npm install --save-dev tsx)');
  });
});

describe('import-workflow', () => {
  test('says what to install where there is no parser', () => {
    writeFileSync(join(project.home, 'export.ts'), "import { Runner } from '@openai/agents';");
    const { code, stdout, stderr } = project.run(['import-workflow', 'export.ts']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^typescript_missing: .*Run: npx -p chatkit-controllers -p typescript@6/);
    expect(stderr).not.toContain('Usage');
  });
});
