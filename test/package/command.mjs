import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.mjs';

/** The package's command, as npm links it and npx finds it. */
export async function checkCommand(home) {
  writeFileSync(join(home, 'package.json'), '{}');
  await execute('npm', ['rebuild', '--ignore-scripts', '--offline', '--silent'], { cwd: home }); // links it
  const npx = (...args) =>
    execute('npx', ['--no', '--offline', 'chatkit-controllers', ...args], { cwd: home });

  assert.match(await npx('check', '--app', 'app.cjs'), /No problems: 1 action in 1 widget/);
  await assert.rejects(
    npx('check', '--app', 'app.cjs', '--export', 'makeFaulty'),
    /ended with 1\n(.*\n)*1 problem:\n.*id must be a string/,
  );
  await assert.rejects(npx('check'), /ended with 2\n/);
}
