import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/** The rows of the table that compares handler lines. */
const rows = readFileSync(join(ROOT, 'docs/samples.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \[[^|]*\| [a-z-]+ +\| \d+/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, sample, python, theirs, ours, , files]) => ({
    sample: /^\[([a-z-]+)\]/.exec(sample!)![1]!,
    python: python!,
    theirs: Number(theirs),
    ours: Number(ours),
    files: Array.from(files!.matchAll(/`([^`]+)`/g), ([, file]) => file!),
  }));

/** How many lines of a file hold anything but space and comments. */
function linesOfCode(file: string): number {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const lines = new Set<number>();
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source).filter(({ kind }) => kind !== ts.SyntaxKind.JSDoc);
    children.forEach(visit);
    if (children.length > 0 || node.getWidth(source) === 0) return;
    for (let line = lineAt(node.getStart(source)); line <= lineAt(node.getEnd()); line += 1) lines.add(line);
  };
  visit(source);
  return lines.size;
}

it('finds the rows of the table', () => {
  expect(rows.length).toBeGreaterThan(0);
});

it.each(rows)('$sample has the handler lines that the table says, and far fewer than $python', (row) => {
  const counted = row.files.map((file) => linesOfCode(join(ROOT, 'samples', row.sample, file)));
  expect(counted.reduce((sum, lines) => sum + lines, 0)).toBe(row.ours);
  expect(row.ours).toBeLessThan(row.theirs * 0.7);
});
