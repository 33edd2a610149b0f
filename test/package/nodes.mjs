// Installs the packed package by npm and uses it on other releases of Node: the oldest that we
// promise with the oldest peers that we accept, newer ones with what npm chooses. Needs a registry.
//
//   node test/package/nodes.mjs 20.19.0 22.13.0 22 24 26
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { execute } from './execute.mjs';
import { FIXTURES, FOR_CLASSES, MANIFEST, pack, ROOT } from './project.mjs';
import { playAgainst } from './serve.mjs';

const [oldest, ...newer] = process.argv.slice(2);
const packed = await pack();

/** The lowest version that a range takes. */
const floor = (peer) => `${peer}@${MANIFEST.peerDependencies[peer].replace(/^\^| .*/g, '')}`;
const peers = Object.keys(MANIFEST.peerDependencies).filter((peer) => !peer.startsWith('@types/'));

await check('npm installs it with the oldest peers', () => install('oldest', peers.map(floor)));
await check('npm installs it with the newest peers', () => install('newest', ['express', ...FOR_CLASSES]));
await onNode(oldest, 'oldest');
for (const version of newer) {
  const node = await onNode(version, 'newest');
  if (node === undefined) continue;
  // Where Node has SQLite built in, the store keeps its contract on that.
  await check(`Node ${version}: the contract of stores`, () =>
    execute(node, [join(ROOT, 'node_modules/jest/bin/jest.js'), 'test/stores'], { cwd: ROOT }),
  );
}

async function install(name, extras) {
  const home = join(packed.directory, name);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  await npm(['install', packed.tarball, 'zod', ...extras], home);
  for (const fixture of ['commonjs', 'esm', 'sqlite']) {
    cpSync(join(FIXTURES, fixture), join(home, fixture), { recursive: true });
  }
}

async function onNode(version, name) {
  const node = await installNode(version);
  if (node === undefined) return undefined;
  for (const [fixture, main] of [
    ['commonjs', 'main.cjs'],
    ['esm', 'main.mjs'],
    ['sqlite', 'main.mjs'],
  ]) {
    const cwd = join(packed.directory, name, fixture);
    await check(`Node ${version}, ${name} peers: ${fixture}`, () => playAgainst(node, [main], { cwd }));
  }
  return node;
}

/** A release of Node, from the packages that hold nothing but the binary of one platform. */
async function installNode(version) {
  const holder = `node-${process.platform}-${process.arch}`;
  const home = join(packed.directory, `node-${version}`);
  mkdirSync(home);
  try {
    await npm(['install', '--ignore-scripts', `${holder}@${version}`], home);
    const node = join(home, 'node_modules', holder, 'bin/node');
    await execute(node, ['--version']);
    return node;
  } catch (error) {
    console.log(`skipped Node ${version}: it cannot be had. ${error.message}`);
    return undefined;
  }
}

function npm(args, home) {
  return execute('npm', [...args, '--prefix', home, '--no-audit', '--no-fund'], { cwd: home });
}
