import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execute } from './execute.mjs';

export const ROOT = join(import.meta.dirname, '../..');
export const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
export const FIXTURES = join(ROOT, 'test/fixtures');

const isOptional = (peer) => MANIFEST.peerDependenciesMeta[peer]?.optional === true;

/** What whoever installs the package has: its dependencies and those of its peers that are not optional. */
const ALWAYS = [
  ...Object.keys(MANIFEST.dependencies),
  ...Object.keys(MANIFEST.peerDependencies).filter((peer) => !isOptional(peer)),
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
 * `extras`: an import that the manifest does not name fails here as it would for users.
 */
export function project({ directory, unpacked }, name, { fixture = name, extras = [] } = {}) {
  const home = join(directory, 'projects', name);
  const modules = join(home, 'node_modules');
  cpSync(join(FIXTURES, fixture), home, { recursive: true });
  cpSync(unpacked, join(modules, MANIFEST.name), { recursive: true });
  for (const dependency of [...ALWAYS, ...extras]) {
    mkdirSync(dirname(join(modules, dependency)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', dependency), join(modules, dependency), 'junction');
  }
  return home;
}
