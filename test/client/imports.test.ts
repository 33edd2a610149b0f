import { readFileSync, existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SRC = resolve(__dirname, '../../src');

/** What a module imports when it runs: types are gone by then. */
function importsOf(file: string): string[] {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return ts.preProcessFile(outputText).importedFiles.map(({ fileName }) => fileName);
}

/** Everything that a module loads, files by their path in src, packages by their name. */
function loadedBy(entry: string): string[] {
  const loaded = new Set<string>();
  const visit = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) loaded.add(name);
      else
        visit([`${join(dirname(file), name)}.ts`, join(dirname(file), name, 'index.ts')].find(existsSync)!);
    }
  };
  visit(entry);
  return [...loaded].map((file) => (file.startsWith(SRC) ? relative(SRC, file) : file));
}

describe('The client', () => {
  it('loads nothing but itself and what the protocol has without dependencies', () => {
    const foreign = loadedBy(join(SRC, 'client/index.ts')).filter((file) => !file.startsWith('client/'));
    expect(foreign.sort()).toEqual([
      'errors/brand.ts',
      'protocol/guards.ts',
      'protocol/items.ts',
      'protocol/requests.ts',
      'protocol/updates/apply-update.ts',
      'protocol/updates/change-component.ts',
      'protocol/updates/update-message.ts',
      'protocol/widget-tree.ts',
    ]);
  });

  it('uses nothing that browsers lack', () => {
    const text = loadedBy(join(SRC, 'client/index.ts'))
      .map((file) => readFileSync(join(SRC, file), 'utf8'))
      .join('\n');
    expect(text).not.toMatch(/\b(Buffer|process|require|setImmediate|NodeJS)\b[.(]/);
  });
});
