import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

// Written out again, not imported from the configuration: moving a layer is to be meant.
const LAYERS = [
  'cli',
  'testing',
  'playground',
  'express',
  'fetch',
  'node',
  'opentelemetry',
  'transport',
  'app',
  'operations',
  'agents',
  'stores',
  'pipeline',
  'registry',
  'checks',
  'routing',
  'execution',
  'decorators',
  'events',
  'templates',
  'jinja',
  'widgets',
  'metadata',
  'context',
  'store',
  'client',
  'protocol',
  'errors',
];
/** Imports no other layer, and no package. */
const STANDALONE = 'jinja';
const ROOT = join(__dirname, '../..');
const LAYER_RULE = 'import-x/no-restricted-paths';
const CYCLE_RULE = 'import-x/no-cycle';
const INDEX_RULE = 'no-restricted-imports';

interface LintResult {
  filePath: string;
  messages: { ruleId: string | null; line: number; message: string }[];
}

/** A small tree of sources under the real configuration, linted as `npm run lint` does. */
function lint(files: Record<string, string>): Map<string, LintResult['messages']> {
  const home = mkdtempSync(join(tmpdir(), 'chatkit-lint-'));
  try {
    for (const name of ['eslint.config.mjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(ROOT, name), join(home, name));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'), 'junction');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), text);
    }
    const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
    const { stdout, stderr } = spawnSync(process.execPath, [eslint, 'src', '--format', 'json'], {
      cwd: home,
      encoding: 'utf8',
    });
    if (!stdout.startsWith('[')) throw new Error(`ESLint gave no results: ${stdout}${stderr}`);
    const results = JSON.parse(stdout) as LintResult[];
    return new Map(results.map((result) => [relative(home, result.filePath), result.messages]));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const imports = (layers: readonly string[]): string =>
  layers.map((layer) => `export * from '../${layer}';\n`).join('');

const tree: Record<string, string> = {
  'src/index.ts': LAYERS.map((layer) => `export * from './${layer}';\n`).join(''),
  'src/errors/deep/up.ts':
    "import type { thing } from '../../protocol/deep/thing';\nexport type Up = typeof thing;\n",
  'src/protocol/deep/thing.ts': 'export const thing = 1;\n',
  'src/errors/egg.ts': "import { hen } from './hen';\nexport const egg = (): unknown => hen;\n",
  'src/errors/hen.ts': "import { egg } from './egg';\nexport const hen = (): unknown => egg;\n",
};
tree[`src/${STANDALONE}/package.ts`] = "import 'node:fs';\nimport 'rxjs';\nimport './index';\n";
tree['src/app/deep.ts'] = tree['src/client/deep.ts'] = "export * from '../protocol/deep/thing';\n";
tree['src/app/one/two/deep.ts'] = "export * from '../../../protocol/deep/thing';\n";
tree['src/jinja/compile/top.ts'] = 'export const top = 1;\n';
tree['src/jinja/values/up.ts'] = "export * from '../compile/top';\n";
LAYERS.forEach((layer, index) => {
  tree[`src/${layer}/index.ts`] = `export const ${layer} = 1;\n`;
  tree[`src/${layer}/up.ts`] = imports(LAYERS.slice(0, index)) || 'export {};\n';
  tree[`src/${layer}/down.ts`] = imports(LAYERS.slice(index + 1)) || 'export {};\n';
  tree[`src/${layer}/face.ts`] = "export * from '../index';\n";
});

describe('the lint rules for layers', () => {
  let found: Map<string, LintResult['messages']>;
  beforeAll(() => {
    found = lint(tree);
  }, 120_000);

  it('look at every file of the tree', () => {
    expect([...found.keys()].sort()).toEqual(Object.keys(tree).sort());
  });

  it.each(LAYERS.map((layer, index) => [layer, index] as const))(
    'report each import of %s/ from the layers above it, once',
    (layer, index) => {
      const reported = found.get(`src/${layer}/up.ts`)!;
      expect(reported.map(({ ruleId, line }) => [ruleId, line])).toEqual(
        LAYERS.slice(0, index).map((_, above) => [LAYER_RULE, above + 1]),
      );
    },
  );

  it.each(LAYERS.filter((layer) => layer !== STANDALONE))('let %s/ import all layers below it', (layer) => {
    expect(found.get(`src/${layer}/down.ts`)).toEqual([]);
  });

  it('let jinja/ import no layer and no package', () => {
    const below = LAYERS.slice(LAYERS.indexOf(STANDALONE) + 1);
    const reported = found.get(`src/${STANDALONE}/down.ts`)!;
    expect(reported.map(({ ruleId, line }) => [ruleId, line])).toEqual(
      below.map((_, index) => [LAYER_RULE, index + 1]),
    );
    expect(found.get(`src/${STANDALONE}/package.ts`)).toMatchObject([
      { ruleId: 'no-restricted-imports', line: 1 },
      { ruleId: 'no-restricted-imports', line: 2 },
    ]);
  });

  it.each(LAYERS)('report an import of the public face from %s/', (layer) => {
    expect(found.get(`src/${layer}/face.ts`)).toMatchObject([{ ruleId: LAYER_RULE }]);
  });

  it('let the public face import every layer', () => {
    expect(found.get('src/index.ts')).toEqual([]);
  });

  it('hold the folders of jinja/ in order too', () => {
    expect(found.get('src/jinja/values/up.ts')).toMatchObject([{ ruleId: LAYER_RULE, line: 1 }]);
  });

  it('see types and files deep in a layer too', () => {
    const rules = found.get('src/errors/deep/up.ts')!.map(({ ruleId }) => ruleId);
    expect(rules.sort()).toEqual([LAYER_RULE, INDEX_RULE]);
  });

  it('let a folder be imported by its index alone, but by those that load little', () => {
    expect(found.get('src/app/deep.ts')).toMatchObject([{ ruleId: INDEX_RULE, line: 1 }]);
    expect(found.get('src/app/one/two/deep.ts')).toMatchObject([{ ruleId: INDEX_RULE, line: 1 }]);
    expect(found.get('src/client/deep.ts')).toEqual([]);
  });

  it('report both ends of a cycle within a layer', () => {
    expect(found.get('src/errors/egg.ts')).toMatchObject([{ ruleId: CYCLE_RULE }]);
    expect(found.get('src/errors/hen.ts')).toMatchObject([{ ruleId: CYCLE_RULE }]);
  });

  it('name the way out', () => {
    const [first] = found.get('src/errors/up.ts')!;
    expect(first?.message).toContain('CONTRIBUTING.md');
  });
});

describe('the folders of src', () => {
  it('all have their place among the layers', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(LAYERS).toEqual(expect.arrayContaining(folders));
  });

  it('may be missing', () => {
    const found = lint({
      'src/app/index.ts': "export * from '../express';\nexport * from '../errors';\n",
      'src/errors/index.ts': 'export const errors = 1;\n',
      'src/express/index.ts': 'export const express = 1;\n',
    });
    expect(found.get('src/app/index.ts')).toMatchObject([{ ruleId: LAYER_RULE, line: 1 }]);
    expect(found.get('src/errors/index.ts')).toEqual([]);
  }, 60_000);
});
