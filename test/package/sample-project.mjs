import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.mjs';
import { FIXTURES, installPackages, MANIFEST, project, sample } from './project.mjs';

/** What `project` links already, as dependencies and peers of the package. */
const LINKED = [MANIFEST.name, 'class-transformer', 'class-validator', 'reflect-metadata', 'rxjs', 'zod'];

/** A copy of a sample with packages of its own: it finds the packed package in place of `file:../..`. */
export async function sampleProject(packed, name) {
  await installPackages(sample(name));
  return project(packed, `sample-${name}`, {
    fixture: sample(name),
    packages: sample(name),
    extras: dependenciesOf(name),
  });
}

/** Compiles it as its own scripts do. */
export const compileSample = (cwd, ...args) =>
  execute(process.execPath, ['node_modules/typescript/bin/tsc', ...args], { cwd });

function dependenciesOf(name) {
  const file = join(FIXTURES, sample(name), 'package.json');
  const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).filter(
    (dependency) => !LINKED.includes(dependency),
  );
}
