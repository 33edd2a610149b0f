import { PostgresStore } from '../../../src/stores/postgres';
import { storeContract } from '../../../src/testing';
import { describeWithPostgres } from '../../support/postgres';

describeWithPostgres('PostgresStore', (databases) => {
  let url: string;
  beforeAll(async () => {
    url = await databases.create();
  });
  for (const { name, run } of storeContract(() => new PostgresStore(url))) test(name, run);
});
