import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.mjs';

/** Fixtures of packages alone, and samples with packages of their own. */
const APART = [
  ...['compilers', 'container-packages', 'runtime-packages', 'vitest-packages'].map(
    (name) => `test/fixtures/${name}`,
  ),
  ...['hono', 'nestjs', 'vite-react'].map((name) => `samples/${name}`),
];

/** An installation from a lock file comes from the registry of their own configuration. */
export function checkLockFiles() {
  for (const directory of ['.', ...APART]) {
    const { packages } = JSON.parse(readFileSync(join(ROOT, directory, 'package-lock.json'), 'utf8'));
    for (const [name, { resolved, link }] of Object.entries(packages)) {
      assert(resolved === undefined || link, `${directory}: ${name} is bound to a host`);
    }
  }
}
