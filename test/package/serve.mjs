import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { playSession } from './session.mjs';

/** Starts a fixture, waits for its `listening <port>`, plays the session, and stops it. */
export async function playAgainst(command, args, { cwd, path = '/chatkit', env = {}, also }) {
  const server = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  server.stderr.on('data', (text) => (errors += text));
  const closed = once(server, 'close');
  try {
    const port = await Promise.race([
      portOf(server),
      closed.then(() => {
        throw new Error('It ended before it listened.');
      }),
    ]);
    const url = `http://127.0.0.1:${port}${path}`;
    await playSession(url);
    await also?.(url);
  } catch (error) {
    error.message += errors && `\n${errors}`;
    throw error;
  } finally {
    server.kill();
    await closed;
  }
}

async function portOf(server) {
  for await (const line of createInterface(server.stdout)) {
    const port = /^listening (\d+)$/.exec(line)?.[1];
    if (port !== undefined) {
      server.stdout.resume();
      return port;
    }
  }
  throw new Error('It never said where it listens.');
}
