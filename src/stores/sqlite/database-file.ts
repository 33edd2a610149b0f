import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file as drivers take it, made where it is missing, with its directory. It holds what users wrote:
 * like attachments, it is for the server's own user. SQLite makes its other files with the same mode.
 */
export function databaseFile(file: string | URL): string {
  if (file === ':memory:') return file;
  const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  makeFile(path);
  return path;
}

/** A file that is there is not opened: closing it would drop the locks that this process has on it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
