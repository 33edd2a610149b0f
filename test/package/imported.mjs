import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.mjs';
import { ROOT } from './project.mjs';

/**
 * Imports the sample's export by npx, as a user would. The project that is made finds its packages in the
 * folder above it.
 */
export async function checkImported(home) {
  writeFileSync(join(home, 'package.json'), '{}');
  await execute('npm', ['rebuild', '--ignore-scripts', '--offline', '--silent'], { cwd: home }); // links commands
  cpSync(join(ROOT, 'samples/from-agent-builder/export.ts'), join(home, 'workflow.ts'));
  const command = ['--no', '--offline', 'chatkit-controllers', 'import-workflow', 'workflow.ts'];
  const printed = await execute('npx', [...command, '--out', 'support'], { cwd: home });
  assert.match(printed, /“Lamp shop” is in support\./);
  await assert.rejects(execute('npx', [...command, '--out', 'support'], { cwd: home }), /ended with 2\n/);

  const cwd = join(home, 'support');
  await execute('npm', ['run', '--silent', 'typecheck'], { cwd });
  await execute('npm', ['test', '--silent'], { cwd });
  assert.match(readFileSync(join(cwd, 'README.md'), 'utf8'), /approvalRequest\(\) is awaited/);
}
