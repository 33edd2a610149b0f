import 'reflect-metadata';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exports as entries } from '../../package.json';

const HOME = join(__dirname, '../..');

const PAGES = [
  join(HOME, 'README.md'),
  ...readdirSync(join(HOME, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(HOME, 'docs', name)),
]
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** TypeScript decides what a JSX runtime exports. */
const modules = Object.entries<{ default?: string } | string>(entries).flatMap(([subpath, entry]) => {
  if (typeof entry === 'string' || entry.default === undefined || subpath.includes('jsx')) return [];
  return [[subpath, entry.default.replace('./dist/', '../../src/').replace(/\.js$/, '')] as const];
});

it.each(modules)('the pages name each value that %s exports', (_, file) => {
  const names = Object.keys(jest.requireActual<object>(file));
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(PAGES))).toEqual([]);
});
