import assert from 'node:assert/strict';

import { type OpenRun } from '../../store';
import { type Rules } from './contract-case';
import { assertIdTaken, assertNotFound, CREATED_AT, newId, type Kit, assertSame, everyEntry } from './kit';

export const runRules: Rules = {
  'opening a run of a thread that is not there is a NotFoundError': async ({ store, scope }) => {
    await assertNotFound(() => store.openRun(scope, newRun(newId())));
  },
  'opening a run whose id is taken is a DeveloperError': async ({ store, scope, thread }) => {
    const run = newRun((await thread()).id);
    await store.openRun(scope, run);
    await assertIdTaken(() => store.openRun(scope, run));
  },
  'closing a run that is not open is no error': async ({ store, scope }) => {
    await store.closeRun(scope, newId());
  },
  'open runs are listed with their owners, oldest first, until they are closed': async (kit) => {
    const { store, scope, stranger, thread } = kit;
    const { id } = await thread();
    const runs = [newRun(id), newRun(id), newRun(id)] as const;
    for (const run of runs) await store.openRun(scope, run);
    await store.closeRun(stranger, runs[0].id);
    await store.closeRun(scope, runs[1].id);
    const expected = [runs[0], runs[2]].map((run) => ({ ...run, owner: scope.owner }));
    if (store.admin !== undefined) assertSame(await openRuns(kit), expected);
  },
  'open runs come in batches, each once, even if they are closed meanwhile': async (kit) => {
    const { store, scope, thread } = kit;
    const { admin } = store;
    if (admin === undefined) return;
    const { id } = await thread();
    const runs = Array.from({ length: 5 }, () => newRun(id));
    for (const run of runs) await store.openRun(scope, run);
    const seen = await everyEntry(async (after) => {
      const batch = await admin.listOpenRuns({ limit: 2, after });
      assert(batch.data.length <= 2, `${String(batch.data.length)} in a batch of 2`);
      for (const run of batch.data) await store.closeRun(scope, run.id);
      return batch;
    });
    assertSame(
      seen.filter(({ owner }) => owner === scope.owner).map((run) => run.id),
      runs.map((run) => run.id),
    );
    assertSame(await openRuns(kit), []);
  },
  'the record of a run is kept, unless the last call of isOver returned true': async (kit) => {
    const { store, scope, thread } = kit;
    const { id } = await thread();
    for (const isOver of [true, false]) {
      const run = newRun(id);
      const said: boolean[] = [];
      const ask = (): boolean => {
        said.push(isOver);
        return isOver;
      };
      await store.openRun(scope, run, { isOver: ask });
      const expected = said.at(-1) === true ? [] : [{ ...run, owner: scope.owner }];
      if (store.admin !== undefined) assertSame(await openRuns(kit), expected);
      await store.closeRun(scope, run.id);
    }
  },
  'deleting a thread deletes its open runs, and no others': async (kit) => {
    const { store, scope, thread } = kit;
    const [kept, doomed] = [await thread(), await thread()];
    const run = newRun(kept.id);
    await store.openRun(scope, run);
    await store.openRun(scope, newRun(doomed.id));
    await store.deleteThread(scope, doomed.id);
    if (store.admin !== undefined) {
      assertSame(await openRuns(kit), [{ ...run, owner: scope.owner }]);
    }
  },
};

function newRun(threadId: string): OpenRun {
  return { id: newId(), thread_id: threadId, instance: 'instance 1', started_at: CREATED_AT };
}

/** The runs of the kit's owner: the store may contain others. */
async function openRuns({ store, scope }: Kit): Promise<(OpenRun & { owner: string })[]> {
  const { admin } = store;
  if (admin === undefined) return [];
  const runs = await everyEntry((after) => admin.listOpenRuns({ limit: 100, after }));
  return runs.filter(({ owner }) => owner === scope.owner);
}
