import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { check } from './check.mjs';
import { execute } from './execute.mjs';
import { MANIFEST, ROOT } from './project.mjs';
import { converse } from './session.mjs';
import { freePort, whileServing } from './while-serving.mjs';

const CREATE = 'create-chatkit-controllers';

/** Those that differ most: both kinds of modules, all that is installed besides. */
const PROJECTS = [
  { args: ['--store', 'sqlite', '--module', 'esm'], answer: 'You said “Hello”.' },
  { args: ['--store', 'memory', '--module', 'commonjs'], answer: 'You said “Hello”.' },
  {
    args: ['--store', 'postgres', '--agent'],
    answer: 'No model is asked, so this answer is from a script.',
    isServed: false, // without a database
  },
  {
    args: ['--store', 'sqlite', '--agent'],
    answer: 'No model is asked, so this answer is from a script.',
  },
];

/**
 * Makes projects as `npm create` does, from tarballs, which they then depend on; installs them, and runs
 * what their README names. Needs a registry.
 */
export async function checkNewProjects(packed) {
  const home = join(packed.directory, 'new');
  mkdirSync(home);
  await execute('npm', ['pack', '--silent', '--pack-destination', packed.directory], {
    cwd: join(ROOT, 'packages', CREATE),
  });
  for (const { args, ...expected } of PROJECTS) {
    await check(`npm create: ${args.join(' ')}`, () => make(packed, home, args, expected));
  }
}

async function make({ directory, tarball }, home, args, { answer, isServed = true }) {
  const name = args
    .filter((arg) => !/^--(store|module)$/.test(arg))
    .join('')
    .replaceAll('-', '');
  const creator = join(directory, `${CREATE}-${MANIFEST.version}.tgz`);
  const npx = ['exec', '--yes', `--package=${creator}`, `--package=${tarball}`, '--', CREATE];
  const printed = await execute('npm', [...npx, name, '--yes', ...args], { cwd: home });
  assert.match(printed, /^The project is in /);
  await assert.rejects(execute('npm', [...npx, name, '--yes'], { cwd: home }), /is not empty/);

  const cwd = join(home, name);
  const { dependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  assert.equal(resolve(cwd, dependencies[MANIFEST.name].replace('file:', '')), realpathSync(tarball));
  const env = { ...process.env, OPENAI_API_KEY: '' };
  await execute('npm', ['install', '--no-audit', '--no-fund'], { cwd });
  for (const script of ['test', 'typecheck', 'check', 'build']) {
    await execute('npm', ['run', '--silent', script], { cwd, env });
  }
  assert.match(
    await execute('npm', ['run', '--silent', 'routes'], { cwd, env }),
    /colour\.pick +ColourController\.picked +\{ colour \}/,
  );
  if (!isServed) return;
  const port = await freePort();
  await whileServing(process.execPath, ['dist/src/main.js'], { cwd, env: { ...env, PORT: port } }, port, () =>
    converse(`http://localhost:${port}/chatkit`, {
      headers: {},
      answer,
      click: { type: 'colour.pick', payload: { colour: 'red' } },
      clicked: 'You picked red.',
    }),
  );
}
