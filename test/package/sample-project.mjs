import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.mjs';
import { FIXTURES, installPackages, MANIFEST, project, sample } from './project.mjs';

/** What `project` links already, as dependencies and peers of the package. */
const LINKED = [MANIFEST.name, 'class-transformer', 'class-validator', 'reflect-metadata', 'rxjs', 'zod'];

/**
 * A copy of a sample with packages of its own: it finds the packed package in place of `file:../..`.
 *
 * @param packages a fixture of packages in place of its own: what both have is taken from there
 */
export async function sampleProject(packed, name, packages = sample(name)) {
  await installPackages(packages);
  const installed = dependenciesOf(packages);
  return project(packed, `${name}-with-${packages.split('/').at(-1)}`, {
    fixture: sample(name),
    packages,
    extras: dependenciesOf(sample(name)).filter((dependency) => installed.includes(dependency)),
  });
}

/** Compiles it as its own scripts do. */
export const compileSample = (cwd, ...args) =>
  execute(process.execPath, ['node_modules/typescript/bin/tsc', ...args], { cwd });

export function dependenciesOf(fixture) {
  const manifest = readFileSync(join(FIXTURES, fixture, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(manifest);
  return Object.keys({ ...dependencies, ...devDependencies }).filter(
    (dependency) => !LINKED.includes(dependency),
  );
}
