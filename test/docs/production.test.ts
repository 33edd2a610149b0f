import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './code-blocks';

/** The rows below the heading `| What happens …`, as cells. */
function rowsOf(page: string): string[][] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const [, rows = ''] = /^\| What happens .*\n\|[ -|]+\n((?:\|.*\n)+)/m.exec(text) ?? [];
  return rows
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test('each failure of the page has its tests, and they are there', () => {
  const held = rowsOf('CONTRIBUTING.md');
  expect(rowsOf('docs/production.md')).toHaveLength(held.length);
  const tests = held.flatMap(([, names = '']) =>
    Array.from(names.matchAll(/`([^`]+)`/g), ([, name = '']) => name),
  );
  expect(tests.length).toBeGreaterThan(held.length);
  const missing = tests.filter(
    (name) => !name.startsWith('npm run ') && !existsSync(join(ROOT, `test/${name}.test.ts`)),
  );
  expect(missing).toEqual([]);
});
