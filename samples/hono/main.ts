import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { app, chat } from './app.ts';

const PORT = Number(process.env['PORT'] ?? 8000);

const server = serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
  console.log(`Hono: http://localhost:${String(port)}/chatkit`);
});

const stop = async (): Promise<void> => {
  server.close(); // takes no new connections, and the process ends with the last one
  await chat.close({ timeoutMs: 5_000 });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
