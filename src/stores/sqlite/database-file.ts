import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns the path that drivers open. Creates a missing file and its directory. The file contains what users
 * wrote, so, as with attachments, only the server's own user may read it. SQLite creates its other files with
 * the same mode.
 */
export function databaseFile(file: string | URL): string {
  if (file === ':memory:') return file;
  const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  makeFile(path);
  return path;
}

/** Does not open an existing file: closing it would drop the locks that this process has on it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
