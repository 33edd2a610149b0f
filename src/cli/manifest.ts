import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownSource } from './own-source';

/** The parts of this package's manifest that are used, and its folder. */
export interface Manifest {
  readonly name: string;
  readonly folder: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export function readManifest(): Manifest {
  const folder = join(__dirname, '../..');
  const read = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Omit<Manifest, 'folder'>;
  return { ...read, folder };
}

/** The versions of packages that are not dependencies of this package. */
const OTHERS: Readonly<Record<string, string>> = {
  '@types/express': '^5.0.0',
  '@types/node': '^20.19.0',
  '@types/pg': '^8.15.0',
  express: '^5.0.0',
  tsx: '^4.20.0',
  typescript: '^6.0.0',
};

/** The version ranges of packages that this package works with, for a new project's manifest; sorted. */
export function versionsOf(
  manifest: Manifest,
  packages: readonly string[],
  folder: string,
): Record<string, string> {
  const { name, dependencies, peerDependencies } = manifest;
  const known: Readonly<Record<string, string>> = {
    ...peerDependencies,
    ...dependencies,
    ...OTHERS,
    [name]: ownSource(manifest, folder),
  };
  return Object.fromEntries(packages.toSorted().map((name) => [name, known[name] ?? '*']));
}
