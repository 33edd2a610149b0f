import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execute } from './execute.mjs';

export const ROOT = join(import.meta.dirname, '../..');
export const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
export const FIXTURES = join(ROOT, 'test/fixtures');

const isOptional = (peer) => MANIFEST.peerDependenciesMeta[peer]?.optional === true;

/** What an installation of the package has: its dependencies and those of its peers that are not optional. */
const ALWAYS = [
  ...Object.keys(MANIFEST.dependencies),
  ...Object.keys(MANIFEST.peerDependencies).filter((peer) => !isOptional(peer)),
];

/** What applications with DTO classes install besides. */
export const FOR_CLASSES = [
  'class-transformer',
  'class-validator',
  'class-validator-jsonschema',
  'reflect-metadata',
];

/** Builds and packs into a temporary directory, which goes when the process does. */
export async function pack() {
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-package-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  await execute('npm', ['pack', '--silent', '--pack-destination', directory], { cwd: ROOT });
  const tarball = join(directory, `${MANIFEST.name}-${MANIFEST.version}.tgz`);
  await execute('tar', ['-xzf', tarball, '-C', directory]);
  return { directory, tarball, unpacked: join(directory, 'package') };
}

/**
 * A copy of a fixture in which nothing can be loaded but the packed package, what it asks for, and
 * `extras` (of the root's packages, or those of the fixture `packages`): an import that the manifest does
 * not name fails here as it would for users. Without `classes` there is nothing for DTO classes.
 */
export function project(
  { directory, unpacked },
  name,
  { fixture = name, extras = [], packages, classes = true } = {},
) {
  const home = join(directory, 'projects', name);
  const modules = join(home, 'node_modules');
  cpSync(join(FIXTURES, fixture), home, { recursive: true, filter: isSource });
  cpSync(unpacked, join(modules, MANIFEST.name), { recursive: true });
  const link = (from, dependency) => {
    mkdirSync(dirname(join(modules, dependency)), { recursive: true });
    symlinkSync(join(from, 'node_modules', dependency), join(modules, dependency), 'junction');
  };
  for (const dependency of [...ALWAYS, ...(classes ? FOR_CLASSES : [])]) link(ROOT, dependency);
  for (const dependency of extras) link(packages === undefined ? ROOT : join(FIXTURES, packages), dependency);
  return home;
}

/** What was installed or compiled in a fixture is not copied with it. */
const isSource = (path) => !['node_modules', 'dist'].includes(basename(path));

/** A sample with packages of its own stands for a fixture, and for a fixture of packages. */
export const sample = (name) => `../../samples/${name}`;

/**
 * Installs what a fixture of nothing but packages holds: they are no devDependencies of the root. Without
 * scripts: none is needed, and that of Bun moves the binary out of the package of the platform.
 */
export async function installPackages(fixture) {
  const cwd = join(FIXTURES, fixture);
  if (!existsSync(join(cwd, 'node_modules'))) {
    await execute('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd });
  }
}
