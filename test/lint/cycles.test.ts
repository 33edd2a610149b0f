import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';

const SRC = join(__dirname, '../../src');

/** What each file imports of the others, by path; types count as well, which the lint rule leaves out. */
type Imports = ReadonlyMap<string, readonly string[]>;

function importsOf(files: ReadonlyMap<string, string>): Imports {
  return new Map(
    [...files].map(([path, text]) => [
      path,
      ts.preProcessFile(text).importedFiles.flatMap(({ fileName }) => {
        if (!fileName.startsWith('.')) return [];
        const base = resolve(dirname(path), fileName.replace(/\.js$/, ''));
        const found = [`${base}.ts`, join(base, 'index.ts')].find((each) => files.has(each));
        if (found === undefined) throw new Error(`${path} imports ${fileName}, which is not there.`);
        return [found];
      }),
    ]),
  );
}

/** A circle of imports, each file once; `undefined` where there is none. */
function circleIn(imports: Imports): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return way.slice(way.indexOf(file));
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

function sources(): Map<string, string> {
  const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return new Map(paths.map((path) => [join(SRC, path), readFileSync(join(SRC, path), 'utf8')]));
}

test('no file of src imports itself by way of others, not for its types either', () => {
  const imports = importsOf(sources());
  expect(imports.size).toBeGreaterThan(300);
  expect(circleIn(imports)?.map((path) => relative(SRC, path))).toBeUndefined();
});

test('a circle of types alone is found', () => {
  const tree = new Map([
    ['/src/index.ts', "export * from './hen';"],
    ['/src/hen.ts', "import type { Egg } from './nest/egg';"],
    ['/src/nest/index.ts', "export type { Hen } from '../hen';"],
    ['/src/nest/egg.ts', "import { type Hen } from '.';"],
  ]);
  expect(circleIn(importsOf(tree))).toEqual(['/src/hen.ts', '/src/nest/egg.ts', '/src/nest/index.ts']);
  tree.set('/src/nest/index.ts', '');
  expect(circleIn(importsOf(tree))).toBeUndefined();
});
