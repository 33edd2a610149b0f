import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const VENV = join(ROOT, '.cache', 'conformance', 'venv');
const REQUIREMENTS = join(__dirname, 'requirements.txt');
/** What is installed, so that it is installed once. */
const STAMP = join(VENV, 'requirements.txt');

/** The interpreter of the virtual environment that `prepare` has made. */
export function python(): string {
  return join(VENV, 'bin', 'python');
}

/** Makes the virtual environment and installs the reference, unless that has been done. */
export function prepare(): void {
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  run(process.env['PYTHON'] ?? 'python3', ['-m', 'venv', VENV]);
  run(python(), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  writeFileSync(STAMP, wanted);
}

function run(command: string, args: string[]): void {
  execFileSync(command, args, { stdio: 'inherit' });
}
