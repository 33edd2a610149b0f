import { PostgresStore } from '../../src/stores/postgres';
import { SqliteStore } from '../../src/stores/sqlite';
import { MemoryStore } from '../../src/stores';
import type { Store } from '../../src/store';
import { afterThisTest } from '../support/cleanup';
import { describeWithPostgres } from '../support/postgres';

/** Defines the same tests for each kind of store; `create` makes an empty one, which is closed after the test. */
export function describeEveryStore(name: string, define: (create: () => Promise<Store>) => void): void {
  const closing = <T extends Store>(store: T): T => {
    afterThisTest(() => store.admin?.close());
    return store;
  };
  describe(`${name}, with MemoryStore`, () => define(() => Promise.resolve(closing(new MemoryStore()))));
  describe(`${name}, with SqliteStore`, () => {
    define(() => Promise.resolve(closing(new SqliteStore(':memory:'))));
  });
  describeWithPostgres(`${name}, with PostgresStore`, (databases) => {
    define(async () => closing(new PostgresStore(await databases.create())));
  });
}
