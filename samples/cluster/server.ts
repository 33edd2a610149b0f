/*
 * One process of the app. Several of them share one database and know nothing else of each other. By
 * itself, in a container for example: DATABASE_URL=postgres://… HOST=0.0.0.0 PORT=8000 node dist/server.js
 */
import 'reflect-metadata';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { chatkit } from 'chatkit-controllers/node';
import { playground } from 'chatkit-controllers/playground';
import { PostgresStore } from 'chatkit-controllers/postgres';
import { StoryController } from './story-controller';

/** How long running answers may take when the process is to stop, in milliseconds. */
const PATIENCE = 10_000;

const {
  DATABASE_URL = 'postgres://localhost/chat',
  HOST = '127.0.0.1',
  PORT = '8000',
  PROCESS_NAME = hostname(),
} = process.env;

const store = new PostgresStore(DATABASE_URL);
const chat = chatkit({
  controllers: [new StoryController(PROCESS_NAME)],
  store,
  owner: 'shared', // no users: a sample
  onDisconnect: 'finish', // an answer goes on when its client leaves, and other processes show it
  health: true, // GET /chatkit/health, for the proxy
});
const page = playground({ chat }); // in development only
const server = createServer((req, res) => page(req, res, () => chat(req, res)));
server.keepAliveTimeout = 75_000; // longer than the proxy keeps idle connections, or it sends to closed ones

async function main(): Promise<void> {
  await chat.app.ready();
  server.listen(Number(PORT), HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  console.log(`${PROCESS_NAME}: http://${HOST}:${String(port)}/chatkit`);
  process.send?.(`http://127.0.0.1:${String(port)}/chatkit`); // to the process that has started this one
}

async function stop(): Promise<void> {
  const closed = once(server, 'close');
  server.close(); // no new connections
  await chat.close({ timeoutMs: PATIENCE });
  setTimeout(() => server.closeAllConnections(), 500).unref(); // what is written by now gets out
  await closed;
  await store.close();
  if (process.connected) process.disconnect(); // the channel to its parent keeps a process alive
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
process.once('disconnect', () => process.exit()); // the process that has started this one was killed

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
