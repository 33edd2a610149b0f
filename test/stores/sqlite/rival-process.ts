import { SqliteStore } from '../../../src/stores/sqlite';
import { type DriverName } from '../../../src/stores/sqlite/find-driver';
import { scopeOf, widgetOf } from '../fixtures';

/**
 * One of several processes that want the same things of one file at once. It says when it is ready,
 * begins when it is told, and reports what it got.
 */
export interface Report {
  /** The keys that it was first to put. */
  keys: string[];
  /** The items that it was first to save. */
  items: string[];
  /** The versions of the item `counter` that it wrote. */
  versions: number[];
}

const ROUNDS = 100;
const scope = scopeOf('ann');
const [file = '', driver, name = ''] = process.argv.slice(2);

process.once('message', () => void compete());
process.send?.('ready');

async function compete(): Promise<void> {
  const store = new SqliteStore(file, { driver: driver as DriverName });
  const report: Report = { keys: [], items: [], versions: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const id = String(round);
    if ((await store.putValue(scope, id, name, { ifVersion: 0 })) !== undefined) report.keys.push(id);
    if (await saved(store, `item ${id}`, 0)) report.items.push(id);
    const { version } = await store.loadItem(scope, 't1', 'counter');
    if (await saved(store, 'counter', version)) report.versions.push(version + 1);
  }
  store.close();
  process.send?.(report, () => process.disconnect());
}

async function saved(store: SqliteStore, id: string, ifVersion: number): Promise<boolean> {
  const item = widgetOf(id, 't1', name);
  try {
    await store.saveItem(scope, item, JSON.stringify(item), { ifVersion });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'conflict') return false;
    throw error;
  }
}
