import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.mjs';
import { FIXTURES, installPackages } from './project.mjs';

const COMPILERS = join(FIXTURES, 'compilers');

export const TYPESCRIPTS = ['5.9', '6', '7'];

/** The compilers are no devDependencies of the root: each would claim to be its `tsc`. */
export const installCompilers = () => installPackages('compilers');

/** Compiles a project of one file without skipLibCheck, and returns where the JavaScript is. */
export async function compile(typescript, home, config) {
  const out = `out-${typescript}`;
  rmSync(join(home, out), { recursive: true, force: true });
  const tsc = join(COMPILERS, 'node_modules', `typescript-${typescript}`, 'bin/tsc');
  await execute(process.execPath, [tsc, '-p', config, '--outDir', out], { cwd: home });
  return join(out, 'main.js');
}
