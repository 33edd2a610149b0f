import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

type Dependencies = Readonly<Record<string, string>>;

interface Installed {
  readonly name: string;
  readonly version: string;
  /** Where this copy of the package is. */
  readonly folder: string;
}

/**
 * What a new project in a folder depends on to get this package: its release; or what this copy was
 * installed from, if that is a tarball, a folder or a repository, whose version a registry may not have.
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
