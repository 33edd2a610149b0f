import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check } from './check.mjs';
import { FIXTURES, installPackages, project } from './project.mjs';
import { playAgainst } from './serve.mjs';

const PACKAGES = 'runtime-packages';
const MODULES = join(FIXTURES, PACKAGES, 'node_modules');

/** Bun and Deno, which run TypeScript themselves, and SWC, which compiles it for Node. */
export async function checkRuntimes(packed) {
  await installPackages(PACKAGES);
  const cwd = project(packed, 'runtimes');
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ type: 'module' }));
  await serveOn('Bun', '@oven', 'bin/bun', ['main.ts'], cwd);
  await serveOn('Deno', '@deno', 'deno', ['run', '-A', 'main.ts'], cwd);
  await check('SWC compiles decorators with metadata', async () => {
    const { transformFileSync } = createRequire(join(MODULES, 'x'))('@swc/core');
    const { code } = transformFileSync(join(cwd, 'main.ts'), {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
    });
    writeFileSync(join(cwd, 'main.mjs'), code);
    await playAgainst(process.execPath, ['main.mjs'], { cwd });
  });
}

/** Their packages have a package of the binary for each platform, of which npm installs the fitting one. */
async function serveOn(name, scope, binary, args, cwd) {
  const command = binaryOf(scope, binary);
  if (command === undefined) {
    console.log(`skipped ${name}: there is none for ${process.platform} ${process.arch}.`);
    return;
  }
  await check(`${name} serves it by its own server`, () => playAgainst(command, args, { cwd }));
}

/** The binary of a runtime once its packages are installed, or undefined where there is none. */
export function binaryOf(scope, binary) {
  const [platform] = existsSync(join(MODULES, scope)) ? readdirSync(join(MODULES, scope)) : [];
  return platform === undefined ? undefined : join(MODULES, scope, platform, binary);
}
