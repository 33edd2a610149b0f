import assert from 'node:assert/strict';
import { cpSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { MANIFEST, project, ROOT } from './project.mjs';
import { playAgainst } from './serve.mjs';
import { message, stream } from './session.mjs';

/** Two copies of the package, and of class-transformer and class-validator, in one process. */
export async function checkTwoCopies(packed) {
  const home = project(packed, 'two-copies');
  const plugin = join(home, 'node_modules/plugin');
  mkdirSync(plugin);
  renameSync(join(home, 'plugin.cjs'), join(plugin, 'plugin.cjs'));
  writeFileSync(join(plugin, 'package.json'), JSON.stringify({ name: 'plugin', main: 'plugin.cjs' }));
  const modules = join(plugin, 'node_modules');
  cpSync(packed.unpacked, join(modules, MANIFEST.name), { recursive: true });
  for (const name of ['class-transformer', 'class-validator']) {
    cpSync(join(ROOT, 'node_modules', name), join(modules, name), { recursive: true });
  }
  for (const needed of ['validator', 'libphonenumber-js']) {
    symlinkSync(join(ROOT, 'node_modules', needed), join(modules, needed), 'junction');
  }
  await check('two copies of the package, class-transformer and class-validator', () =>
    playAgainst(process.execPath, ['main.cjs'], { cwd: home, also: tellsUsers }),
  );
}

/** An error of the other copy that is made for users reaches them. */
async function tellsUsers(url) {
  const [{ thread }] = await stream(url, { type: 'threads.create', params: { input: message } });
  const action = { type: 'item.fail', payload: {} };
  const events = await stream(url, {
    type: 'threads.custom_action',
    params: { thread_id: thread.id, action },
  });
  assert.equal(events.at(-1).message, 'Sold out.');
}
