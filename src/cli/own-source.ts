import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

type Dependencies = Readonly<Record<string, string>>;

interface Installed {
  readonly name: string;
  readonly version: string;
  /** The folder of this copy of the package. */
  readonly folder: string;
}

/**
 * The dependency that gives a new project this package: its version, or the tarball, folder or repository
 * that this copy was installed from, since the npm registry may not have its version.
 */
export function ownSource({ name, version, folder }: Installed, project: string): string {
  const from = relativeTo(resolve(project));
  if (basename(dirname(folder)) !== 'node_modules') return from(folder); // a checkout
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const asked = dependenciesIn(join(above, 'package.json'))[name];
    if (asked === undefined) continue;
    const [, path] = /^(?:file|link):(.*)$/.exec(asked) ?? [];
    if (path !== undefined) return from(resolve(above, path));
    return /^(?:git[+:]|github:|https?:)/.test(asked) ? asked : `^${version}`;
  }
  return `^${version}`;
}

const relativeTo = (project: string) => (path: string) =>
  `file:${relative(project, path).split(sep).join('/')}`;

function dependenciesIn(manifest: string): Dependencies {
  if (!existsSync(manifest)) return {};
  const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    dependencies?: Dependencies;
    devDependencies?: Dependencies;
  };
  return { ...devDependencies, ...dependencies };
}
