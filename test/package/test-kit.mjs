import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { compile } from './compile.mjs';
import { execute } from './execute.mjs';
import { installPackages, project } from './project.mjs';

const PACKAGES = 'vitest-packages';

/** The test kit in the runners that are no part of the root's tests. */
export async function checkTestKit(packed) {
  await check('the test kit under node:test', () =>
    execute(process.execPath, ['--test'], { cwd: project(packed, 'node-test') }),
  );
  await installPackages(PACKAGES);
  const home = project(packed, 'vitest', { extras: ['vitest'], packages: PACKAGES });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ type: 'module' }));
  await check('the test kit under Vitest', () =>
    execute(process.execPath, ['node_modules/vitest/vitest.mjs', 'run'], { cwd: home }),
  );
  await check('the types of its matchers there', () => compile('6', home, 'tsconfig.json'));
}
