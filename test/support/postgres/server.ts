import { spawn, type ChildProcess } from 'node:child_process';
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
  if (given !== undefined) return { url: given, pid: undefined, stop: () => Promise.resolve() };
  const found = findServer();
  if ('problem' in found) throw new Error(found.problem);
  const { initdb, user } = found;
  const ids = user === undefined ? [] : [String(user.uid), String(user.gid)];
  const owner = spawn(process.execPath, [join(__dirname, 'owner.mjs'), initdb, ...ids], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // a session of its own: what ends the tests does not end it
    windowsHide: true,
  });
  const said = await firstLine(owner);
  if (said.url === undefined) throw new Error(said.problem);
  return {
    url: said.url,
    pid: said.pid,
    async stop() {
      if (owner.exitCode !== null) return;
      const ended = once(owner, 'exit');
      owner.stdin.end();
      await ended;
    },
  };
}

async function firstLine(owner: ChildProcess): Promise<{ url?: string; pid?: number; problem?: string }> {
  if (owner.stdout === null) throw new Error('The owner of the server has no stdout.');
  for await (const line of createInterface(owner.stdout)) return JSON.parse(line) as { url?: string };
  return { problem: 'The owner of the server has ended without a word.' };
}
