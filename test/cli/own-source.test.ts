import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownSource } from '../../src/cli/own-source';

const name = 'chatkit-controllers';
const version = '1.2.3';
let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'chatkit-source-'))));
afterEach(() => rmSync(home, { recursive: true }));

/** What a project in `my-chat` depends on when its command is in `folder` of a project that names the package so. */
const source = (asked: object, folder = `node_modules/${name}`): string => {
  mkdirSync(join(home, 'app', folder), { recursive: true });
  writeFileSync(join(home, 'app/package.json'), JSON.stringify(asked));
  return ownSource({ name, version, folder: join(home, 'app', folder) }, join(home, 'app/my-chat'));
};

test.each([
  ['a release', { dependencies: { [name]: '^1.0.0' } }, '^1.2.3'],
  ['a tag', { dependencies: { [name]: 'next' } }, '^1.2.3'],
  ['no dependency, as with npm install --global', {}, '^1.2.3'],
  ['a tarball', { dependencies: { [name]: 'file:../package.tgz' } }, 'file:../../package.tgz'],
  ['a tarball for development', { devDependencies: { [name]: 'file:package.tgz' } }, 'file:../package.tgz'],
  ['a folder', { dependencies: { [name]: 'link:../src' } }, 'file:../../src'],
  ['a repository', { dependencies: { [name]: 'github:a/b#main' } }, 'github:a/b#main'],
  ['an address', { dependencies: { [name]: 'https://a.example/b.tgz' } }, 'https://a.example/b.tgz'],
])('a command installed from %s', (_, asked, expected) => {
  expect(source(asked)).toBe(expected);
});

test('in the folder of a package manager that keeps packages apart', () => {
  const folder = `node_modules/.pnpm/${name}@file+package.tgz/node_modules/${name}`;
  expect(source({ dependencies: { [name]: 'file:package.tgz' } }, folder)).toBe('file:../package.tgz');
});

test('a command that is not installed is depended on where it is', () => {
  expect(source({}, 'checkout')).toBe('file:../checkout');
});
