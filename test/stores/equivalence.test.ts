import fc from 'fast-check';

import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import { drivers } from './drivers';
import { NaiveStore } from './naive-store';
import { anyOperation, mostly, outcome, populate } from './operations';

test.each(drivers())('every sequence of calls has the same results in all stores (%s)', async (driver) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyOperation, { minLength: 1, maxLength: 60, size: 'max' }),
      mostly(true, false),
      async (operations, populated) => {
        const model = new NaiveStore();
        const memory = new MemoryStore();
        const sqlite = new SqliteStore(':memory:', { driver });
        if (populated) await Promise.all([model, memory, sqlite].map(populate));
        for (const each of operations) {
          const expected = await outcome(each, model);
          expect([each.name, await outcome(each, memory)]).toEqual([each.name, expected]);
          expect([each.name, await outcome(each, sqlite)]).toEqual([each.name, expected]);
        }
        sqlite.close();
      },
    ),
    { numRuns: 250 },
  );
});
