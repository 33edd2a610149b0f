import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Puts the package into a folder as `npm run build` makes it, but for the types, which are checked elsewhere. */
export function installPackage(to: string): void {
  const rolldown = join(ROOT, 'node_modules/rolldown/bin/cli.mjs');
  const args = [rolldown, '-c', '--dir', join(to, 'dist')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The package could not be built: ${stdout}${stderr}`);
  cpSync(join(ROOT, 'package.json'), join(to, 'package.json'));
  cpSync(join(ROOT, 'starter'), join(to, 'starter'), { recursive: true });
}

/** A folder for projects, which find the packages of this repository above it. */
export function folderForProjects(name: string): string {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, `${name}-`));
}
