import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, tableRows } from './docs';
import { FAMILIES as STREAMS } from '../agents/golden/streams';
import { FAMILIES } from './scenarios';

/* docs/reference-tests.md names what covers each test of the reference: it must be there. */

const DIFFERENCES = 'Streams of models on which the two differ';
const differences = tableRows('reference-tests.md', DIFFERENCES);
const isDifference = ([name]: string[]) => differences.some(([stream]) => stream === name);
const rows = tableRows('reference-tests.md').filter((row) => !isDifference(row));
const scenarios = new Set(
  [...Object.values(FAMILIES), ...Object.values(STREAMS)].flatMap((family) => family.map(({ name }) => name)),
);

test.each(rows)('%s is covered', (_, cover) => {
  for (const each of cover.split('; ')) {
    const [, file] = /^`(test\/.*\.ts)`(?: \(.*\))?$/.exec(each) ?? [];
    if (file !== undefined) expect(existsSync(join(ROOT, file))).toBe(true);
    else if (!/^(?:Not here|Does not apply): /.test(each)) {
      expect(scenarios).toContain(each.replace(/ \(.*\)$/, ''));
    }
  }
});

test('every test of the reference is in the table once', () => {
  const names = rows.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(48 + 6 + 16 + 29);
});

test('every stream on which the two differ is in the table, with its reason', () => {
  const differing = Object.values(STREAMS)
    .flat()
    .flatMap(({ name, differs }) => (differs === undefined ? [] : [[name, differs.why]]));
  expect(differences).toEqual(differing);
});
