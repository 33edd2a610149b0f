import { PostgresThreadLock } from '../../../src/stores/postgres';

/** A process that takes a lock and keeps it until it is killed. */
const [url = '', key = ''] = process.argv.slice(2);

async function hold(): Promise<void> {
  await new PostgresThreadLock(url).acquire(key, { waitMs: 0 });
  process.send?.('locked');
  setInterval(() => undefined, 60_000);
}

void hold();
