import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { findServer } from './find';

/** A server that is running. */
export interface RunningServer {
  /** The URL of its database `postgres`. */
  url: string;
  /** Of the server's first process; `undefined` where DATABASE_URL names the server. */
  pid: number | undefined;
  /** Kills it as `kill -9` does, and starts it again on its files; resolves when it takes connections. */
  crash(): Promise<void>;
  /** Resolves when it has ended, with all that was in it; leaves the server of DATABASE_URL alone. */
  stop(): Promise<void>;
}

/** Why no server can be started; `undefined` where one can. */
export function whyNoServer(): string | undefined {
  if (process.env['DATABASE_URL'] !== undefined) return undefined;
  const found = findServer();
  return 'problem' in found ? found.problem : undefined;
}

/** Starts a server of its own, or takes that of DATABASE_URL. */
export async function startServer(): Promise<RunningServer> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) {
    const crash = (): Promise<never> => Promise.reject(new Error('A server that is not ours is not killed.'));
    return { url: given, pid: undefined, crash, stop: () => Promise.resolve() };
  }
  const found = findServer();
  if ('problem' in found) throw new Error(found.problem);
  const { initdb, user } = found;
  const ids = user === undefined ? [] : [String(user.uid), String(user.gid)];
  const owner = spawn(process.execPath, [join(__dirname, 'owner.mjs'), initdb, ...ids], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // a session of its own: what ends the tests does not end it
    windowsHide: true,
  });
  const lines = createInterface(owner.stdout)[Symbol.asyncIterator]();
  const ready = async (): Promise<Ready> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The owner of the server has ended without a word.');
    const said = JSON.parse(value) as Ready | { problem: string };
    if ('problem' in said) throw new Error(said.problem);
    return said;
  };
  const { url, pid } = await ready();
  return {
    url,
    pid,
    async crash() {
      owner.stdin.write('crash\n');
      await ready();
    },
    async stop() {
      if (owner.exitCode !== null) return;
      const ended = once(owner, 'exit');
      owner.stdin.end();
      await ended;
    },
  };
}

/** What the owner says when the server takes connections. */
interface Ready {
  url: string;
  pid: number;
}
