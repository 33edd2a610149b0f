import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check } from './check.mjs';
import { compile } from './compile.mjs';
import { FIXTURES, installPackages, project, sample } from './project.mjs';
import { dependenciesOf } from './sample-project.mjs';
import { playAgainst } from './serve.mjs';

const PACKAGES = 'container-packages';
const CONTAINERS = ['typedi', 'tsyringe', 'tsyringe, with children', 'inversify', 'awilix'];

/** Containers for dependency injection, the real packages: they compile as `container`, and serve a session. */
export async function checkContainers(packed) {
  await installPackages(PACKAGES);
  const { devDependencies } = JSON.parse(readFileSync(join(FIXTURES, PACKAGES, 'package.json'), 'utf8'));
  // reflect-metadata and rxjs are linked already, as peers of the package.
  const extras = Object.keys(devDependencies).filter((name) => !['reflect-metadata', 'rxjs'].includes(name));
  const home = project(packed, 'containers', { extras, packages: PACKAGES });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ type: 'module' }));
  let main;
  await check('containers compile', async () => {
    main = await compile('6', home, 'tsconfig.json');
  });
  for (const name of CONTAINERS) {
    await check(`${name} makes controllers and guards`, () =>
      playAgainst(process.execPath, [main, name], { cwd: home }),
    );
  }
  await check(
    'Nest 11: @All() serves the chat and what is below it, and ModuleRef makes its controllers',
    () => playAgainst(process.execPath, [main, 'nest'], { cwd: home, also: hasRegistry }),
  );
  await checkNext(packed, home, main);
}

/** What was compiled with Nest 11, on the Nest that the sample installs. */
async function checkNext(packed, compiled, main) {
  const packages = sample('nestjs');
  await installPackages(packages);
  const home = project(packed, 'containers-nest-12', {
    packages,
    extras: dependenciesOf(packages),
    fixture: 'containers',
  });
  cpSync(join(compiled, dirname(main)), join(home, dirname(main)), { recursive: true });
  await check('Nest 12: the same code', () =>
    playAgainst(process.execPath, [main, 'nest'], { cwd: home, also: hasRegistry }),
  );
}

async function hasRegistry(url) {
  const response = await fetch(`${url}/actions`);
  assert.equal(response.status, 200);
  assert.equal((await response.json()).length, 2);
}
