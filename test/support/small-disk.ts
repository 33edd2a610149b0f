import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A disk that can be filled to the last byte. */
export interface SmallDisk {
  readonly directory: string;
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives the room back. */
  empty(): void;
  unmount(): void;
}

/** Mounts memory as a disk, 1 MB of it by default; `undefined` where this process may not mount. */
export function mountSmallDisk(directory: string, size = '1m'): SmallDisk | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory], { stdio: 'pipe' });
  } catch (error) {
    process.stderr.write(`Not tested on a full disk: this process may not mount one. ${String(error)}\n`);
    return undefined;
  }
  const ballast = join(directory, 'ballast');
  return {
    directory,
    fill: () => fill(ballast),
    empty: () => rmSync(ballast),
    unmount: () => void execFileSync('umount', ['-l', directory]),
  };
}

function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}
