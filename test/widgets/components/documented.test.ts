import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');

/** The rows of the page's tables: what stands first, and the props that stand last. */
const rows = new Map(
  readFileSync(join(ROOT, 'docs/widgets.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| [`_]/.test(line))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      return [cells[1]!.replace(/[`_]/g, ''), cells.at(-2)!];
    }),
);

/** Props by name, each with whether it is bold. Sets of props are put in. */
function documented(name: string): Map<string, boolean> {
  const props = new Map<string, boolean>();
  for (const word of rows.get(name)!.split(', ')) {
    const set = /^_(\w+)_$/.exec(word)?.[1];
    const [, bold, prop] = /^(\*\*)?`(\w+)`(?:\*\*)?$/.exec(word) ?? [];
    if (set !== undefined) for (const [each, isBold] of documented(set)) props.set(each, isBold);
    else props.set(prop ?? `"${word}" is not understood`, bold !== undefined);
  }
  return props;
}

/** The props of every component by the name of its builder, each with whether it must be given. */
function declared(): Map<string, Map<string, boolean>> {
  const index = join(ROOT, 'src/widgets/components/index.ts');
  const program = ts.createProgram([index], {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
  });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(index)!)!);
  const union = exported.find(({ name }) => name === 'AnyComponent')!;
  const { types } = checker.getDeclaredTypeOfSymbol(union) as ts.UnionType;
  return new Map(
    types.map((type) => {
      const props = type
        .getProperties()
        .map((prop): [string, boolean] => [prop.name, (prop.flags & ts.SymbolFlags.Optional) === 0]);
      const literal = checker.getTypeOfSymbol(type.getProperty('type')!) as ts.StringLiteralType;
      const own = props.filter(([name]) => !['type', 'key', 'id'].includes(name));
      return [literal.value.replace('.', ''), new Map(own)];
    }),
  );
}

describe('the page about widgets', () => {
  const components = declared();
  const sorted = (props: Map<string, boolean>) => [...props].sort(([a], [b]) => a.localeCompare(b));

  it('knows the components', () => {
    expect(components.size).toBe(30);
    expect(components.get('Badge')?.get('label')).toBe(true);
    expect(components.get('Badge')?.get('pill')).toBe(false);
  });

  it.each([...components])('lists %s with all its props, those that must be given in bold', (name, props) => {
    expect(rows.has(name)).toBe(true);
    expect(sorted(documented(name))).toEqual(sorted(props));
  });
});
