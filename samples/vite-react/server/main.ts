import { createShop } from './app.js';

const PORT = Number(process.env['PORT'] ?? 8000);

const { app, chat } = createShop();
const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`Lamp shop: http://localhost:${String(PORT)}`);
});

const stop = async (): Promise<void> => {
  server.close();
  await chat.close({ timeoutMs: 5_000 });
  server.closeIdleConnections();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
