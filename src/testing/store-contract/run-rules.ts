import { type OpenRun } from '../../store';
import { type Rules } from './contract-case';
import { assertIdTaken, assertNotFound, CREATED_AT, newId, type Kit, assertSame } from './kit';

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

/** Those of the kit's owner: the store may have others. */
async function openRuns({ store, scope }: Kit): Promise<(OpenRun & { owner: string })[]> {
  const runs = (await store.admin?.listOpenRuns()) ?? [];
  return runs.filter(({ owner }) => owner === scope.owner);
}
