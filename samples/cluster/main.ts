import { once } from 'node:events';
import { Cluster } from './cluster';
import { startDatabase } from './database';
import { createProxy } from './proxy';
import { show } from './show';

const PROCESSES = 3;
const port = Number(process.env['PORT'] ?? 8000);

async function main(): Promise<void> {
  const database = await startDatabase();
  const cluster = new Cluster(database.url);
  const proxy = createProxy(() => cluster.members.map(({ url }) => url));
  const stop = async (): Promise<void> => {
    proxy.close();
    await cluster.stop();
    proxy.closeAllConnections();
    await database.stop();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

  await cluster.start(PROCESSES);
  proxy.listen(port, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${String(port)}/chatkit`;
  await show(url, cluster);
  console.log(`\nSee and click it: ${url}/playground/\nCtrl-C ends all of it.`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
