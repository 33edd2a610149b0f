// `npm create chatkit-controllers` is a package of its own, released with this one under the same version:
// `tsx scripts/create-package.ts version` gives it that version, `… publish` publishes it if it is new.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  name: string;
  version: string;
  dependencies: Record<string, string>;
}

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'packages/create-chatkit-controllers');
const read = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

function setVersion(): void {
  const { name, version } = read(ROOT);
  const created = { ...read(FOLDER), version, dependencies: { [name]: version } };
  writeFileSync(join(FOLDER, 'package.json'), `${JSON.stringify(created, null, 2)}\n`);
}

function publish(): void {
  const { name, version } = read(FOLDER);
  const npm = (...args: string[]): number | null =>
    spawnSync('npm', args, { cwd: FOLDER, stdio: 'inherit' }).status;
  if (npm('view', `${name}@${version}`, 'version') === 0) return; // already published
  process.exitCode = npm('publish', '--access', 'public') ?? 1;
}

if (process.argv[2] === 'version') setVersion();
else publish();
