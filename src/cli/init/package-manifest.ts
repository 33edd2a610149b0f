import { versionsOf, type Manifest } from '../manifest';
import { packageNameFor } from '../project-file';
import type { Choices } from './choices';

const ALWAYS = [
  'chatkit-controllers',
  'class-transformer',
  'class-validator',
  'express',
  'reflect-metadata',
  'rxjs',
];
const OF_AGENTS = ['@openai/agents', 'openai', 'zod'];
/** class-validator-jsonschema describes payloads, for `routes` and the playground. */
const TO_DEVELOP = ['@types/express', '@types/node', 'class-validator-jsonschema', 'tsx', 'typescript'];

/** The `package.json` of a new project. */
export function packageManifest({ folder, store, agent, module }: Choices, manifest: Manifest): object {
  const packages = [...ALWAYS, ...(agent ? OF_AGENTS : []), ...(store === 'postgres' ? ['pg'] : [])];
  return {
    name: packageNameFor(folder),
    version: '0.0.0',
    private: true,
    type: module === 'esm' ? 'module' : 'commonjs',
    engines: { node: '>=20.19' },
    scripts: {
      dev: 'tsx watch src/main.ts',
      test: 'tsx --test test/*.test.ts',
      typecheck: 'tsc --noEmit',
      build: 'tsc',
      start: 'node dist/src/main.js',
      routes: 'chatkit-controllers routes --app src/chat.ts --export createChat',
      check: 'chatkit-controllers check --app src/chat.ts --export createChat',
    },
    dependencies: versionsOf(manifest, packages, folder),
    // Node has built-in SQLite from 22.13.
    ...(store === 'sqlite' ? { optionalDependencies: versionsOf(manifest, ['libsql'], folder) } : {}),
    devDependencies: versionsOf(manifest, TO_DEVELOP, folder),
    allowScripts: { esbuild: false }, // tsx works without its script; npm asks about scripts not listed
  };
}
