/* What installations for some kinds of application weigh, and what importing them costs. See README.md. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const ROUNDS = flags.quick ? 3 : 21;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { name, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const CLASSES = ['class-validator', 'class-transformer', 'reflect-metadata'];
/** What an application installs besides the package, and what it imports. */
const KINDS = [
  { kind: 'payloads by zod, `node:http`', installs: ['zod'], imports: ['', '/node'] },
  { kind: 'DTO classes, `node:http`', installs: CLASSES, imports: ['', '/node', ...CLASSES] },
  {
    kind: 'DTO classes, Express',
    installs: [...CLASSES, 'express'],
    imports: ['', '/express', ...CLASSES, 'express'],
  },
  {
    kind: 'DTO classes, Express, SQLite',
    installs: [...CLASSES, 'express', 'libsql'],
    imports: ['', '/express', '/sqlite', ...CLASSES, 'express', 'libsql'],
  },
  { kind: 'the client alone', installs: [], imports: ['/client'] },
];

function run(command, args, options) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** In a process of its own, without the time that Node itself takes to start. */
function importMs(home, imports) {
  const script = `
    const began = performance.now();
    for (const path of ${JSON.stringify(imports)}) await import(path);
    process.stdout.write(String(performance.now() - began));
    process.exit(0);`;
  return Number(run(process.execPath, ['--input-type=module', '--eval', script], { cwd: home }));
}

function measure(tarball, { kind, installs, imports }, home) {
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  const wanted = installs.map((each) => `${each}@${devDependencies[each] ?? 'latest'}`);
  run('npm', ['install', '--no-audit', '--no-fund', tarball, ...wanted], { cwd: home });
  const paths = imports.map((each) => (each === '' || each.startsWith('/') ? `${name}${each}` : each));
  const times = Array.from({ length: ROUNDS }, () => importMs(home, paths));
  const lock = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8'));
  return {
    kind,
    packages: Object.keys(lock.packages).length - 1,
    megabytes: bytesIn(join(home, 'node_modules')) / 1e6,
    importMs: median(times),
  };
}

const directory = mkdtempSync(join(tmpdir(), 'chatkit-installs-'));
try {
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory], { cwd: ROOT });
  const tarball = join(
    directory,
    readdirSync(directory).find((file) => file.endsWith('.tgz')),
  );
  const results = KINDS.map((kind, index) => measure(tarball, kind, join(directory, String(index))));
  if (flags.json) console.log(JSON.stringify(results));
  else console.table(results);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
