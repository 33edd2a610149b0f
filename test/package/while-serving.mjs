import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return String(port);
}

/** Does its work while a server runs that does not say when it listens. */
export async function whileServing(command, args, options, port, work) {
  const server = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  await once(server, 'spawn'); // or rejects with why it cannot be started
  let printed = '';
  for (const output of [server.stdout, server.stderr]) output.on('data', (text) => (printed += text));
  const closed = once(server, 'close');
  try {
    while (!(await answers(port))) {
      if (server.exitCode !== null) throw new Error('It ended before it listened.');
      await sleep(50);
    }
    await work();
  } catch (error) {
    error.message += printed && `\n${printed}`;
    throw error;
  } finally {
    server.kill();
    await closed;
  }
}

const answers = (port) =>
  fetch(`http://localhost:${port}/`).then(
    () => true,
    () => false,
  );
