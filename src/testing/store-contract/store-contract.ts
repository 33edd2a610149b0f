import { type Awaitable, type Store } from '../../store';
import { adminRules } from './admin-rules';
import { attachmentRules } from './attachment-rules';
import { concurrencyRules } from './concurrency-rules';
import { type ContractCase, type Rules } from './contract-case';
import { givenRules } from './given-rules';
import { itemListRules } from './item-list-rules';
import { itemRules } from './item-rules';
import { makeKit } from './kit';
import { ownerDataRules } from './owner-data-rules';
import { ownerRules } from './owner-rules';
import { pageSizeRules } from './page-size-rules';
import { runRules } from './run-rules';
import { threadListRules } from './thread-list-rules';
import { threadRules } from './thread-rules';
import { valueRules } from './value-rules';

const RULES: readonly Rules[] = [
  threadRules,
  threadListRules,
  itemRules,
  itemListRules,
  pageSizeRules,
  attachmentRules,
  runRules,
  valueRules,
  ownerRules,
  givenRules,
  concurrencyRules,
  adminRules,
  ownerDataRules,
];

/**
 * The contract of {@link Store} as test cases, for your own store, under any test runner. `create` is called
 * for each case. The case migrates the store, uses its own owners and ids (so that stores may share a
 * database), and closes it. It migrates and closes through `admin`, if there is one.
 *
 * @example
 * // jest, vitest, node:test, mocha
 * for (const { name, run } of storeContract(() => new MyStore(url))) test(name, run);
 */
export function storeContract(create: () => Awaitable<Store>): ContractCase[] {
  return RULES.flatMap((rules) =>
    Object.entries(rules).map(([name, check]) => ({
      name,
      run: async () => {
        const store = await create();
        try {
          await store.admin?.migrate();
          await check(makeKit(store));
        } finally {
          await store.admin?.close();
        }
      },
    })),
  );
}
