import fc from 'fast-check';

import { PostgresStore } from '../../../src/stores/postgres';
import { describeWithPostgres, run } from '../../support/postgres';
import { NaiveStore } from '../naive-store';
import { anyOperation, mostly, outcome, populate } from '../operations';

describeWithPostgres('PostgresStore', (databases) => {
  test('has the same results as the model, whatever is called', async () => {
    const url = await databases.create();
    const store = new PostgresStore(url);
    await store.admin.migrate();
    const tables = ['threads', 'items', 'attachments', 'runs', 'values'].map((name) => `chatkit_${name}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyOperation, { minLength: 1, maxLength: 60, size: 'max' }),
        mostly(true, false),
        async (operations, populated) => {
          await run(url, `TRUNCATE ${tables.join(', ')}`);
          const model = new NaiveStore();
          if (populated) await Promise.all([model, store].map(populate));
          for (const each of operations) {
            expect([each.name, await outcome(each, store)]).toEqual([each.name, await outcome(each, model)]);
          }
        },
      ),
      { numRuns: 60 },
    );
    await store.close();
  }, 60_000);
});
