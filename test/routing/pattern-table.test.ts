import { PatternTable } from '../../src/routing/pattern-table';

function tableOf(...patterns: (string | RegExp)[]): PatternTable<{ of: string }> {
  const table = new PatternTable<{ of: string }>();
  for (const pattern of patterns) table.add(pattern, { of: String(pattern) });
  return table;
}

test('exact names come before globs, and globs before RegExps', () => {
  const table = tableOf(/select/, 'item.*', 'item.select');
  expect(table.find('item.select')?.of).toBe('item.select');
  expect(table.find('item.selected')?.of).toBe('item.*');
  expect(table.find('a.b.select')?.of).toBe('/select/');
});

test('RegExps are asked in order of declaration, about the whole name', () => {
  const table = tableOf(/^item\./, /^item\.select$/, /\.c$/);
  expect(table.find('item.select')?.of).toBe('/^item\\./');
  expect(table.find('a.b.c')?.of).toBe('/\\.c$/');
  expect(table.find('a.b')).toBeUndefined();
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
  'the name %s is a name like any other',
  (name) => {
    expect(tableOf('item.select', 'item.*').find(name)).toBeUndefined();
    expect(tableOf(name).find(name)?.of).toBe(name);
    expect(tableOf(`${name}.*`).find(`${name}.a`)?.of).toBe(`${name}.*`);
  },
);

test('names over 256 characters or 16 segments match nothing', () => {
  const table = tableOf('**', /^/);
  expect(table.find('a'.repeat(256))).toBeDefined();
  expect(table.find('a'.repeat(257))).toBeUndefined();
  expect(table.find(Array(16).fill('a').join('.'))).toBeDefined();
  expect(table.find(Array(17).fill('a').join('.'))).toBeUndefined();
  expect(tableOf(/a/).find('a'.repeat(257))).toBeUndefined();
});

test('a RegExp twice is the same pattern twice', () => {
  const table = tableOf(/^a/);
  expect(table.add(/^a/, { of: 'second' })?.of).toBe('/^a/');
  expect(table.add(/^a/i, { of: 'third' })).toBeUndefined();
});
