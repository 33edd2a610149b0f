import 'reflect-metadata';
import { hostname } from 'node:os';
import { ChatController, createChatKit, MemoryStore, OnMessage } from '../../src';
import { SERVED } from '../../src/app';
import { CLEAN_UP_VALUES_MS } from '../../src/app/expired-values';
import { LEASE_MS, LEASE_OWNER } from '../../src/app/lease';
import type { Page, Task, WorkflowItem } from '../../src/protocol';
import { recordingLogger, THREAD, type LogLine } from '../pipeline/harness';
import { afterThisTest } from '../support/cleanup';
import { slow } from '../support/failing-store';

@ChatController()
class Chat {
  @OnMessage()
  reply(): void {
    // nothing is asked here
  }
}

const scope = { owner: 'alice', requestContext: undefined, signal: new AbortController().signal };

function newApp(store: MemoryStore, lines: LogLine[] = []) {
  const app = createChatKit({ controllers: [Chat], store, owner: 'shared', logger: recordingLogger(lines) });
  afterThisTest(() => app.close({ timeoutMs: 0 }));
  return app;
}

function storeWithRun(instance: string): MemoryStore {
  const store = new MemoryStore();
  store.createThread(scope, THREAD);
  store.openRun(scope, { id: 'run_1', thread_id: THREAD.id, instance, started_at: new Date().toISOString() });
  return store;
}

const itemsIn = (store: MemoryStore): string[] =>
  store.listItems(scope, THREAD.id, { limit: 10, order: 'asc' }).data.map(({ type }) => type);

describe('the start of an app', () => {
  it('notes in its thread that a run was cut off by the end of its process', async () => {
    const lines: LogLine[] = [];
    const store = storeWithRun('an app of before');
    await newApp(store, lines).ready();
    expect(itemsIn(store)).toEqual(['sdk_hidden_context']);
    expect(store.admin.listOpenRuns({ limit: 9 }).data).toEqual([]);
    expect(lines).toMatchObject([{ level: 'warn', details: { runId: 'run_1' } }]);
  });

  it.each([
    `${hostname()}/${String(process.pid)}/1`,
    `${hostname()}/${String(process.ppid)}/1`,
    'another-host/1/1',
  ])('is not misled by a host name or a process id: %s', async (instance) => {
    const store = storeWithRun(instance);
    await newApp(store).ready();
    expect(itemsIn(store)).toEqual(['sdk_hidden_context']);
  });

  it('leaves the runs of living apps alone, and notes them when their lease has expired', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const store = storeWithRun('a living app');
      const living = { owner: LEASE_OWNER, requestContext: undefined, signal: scope.signal };
      store.putValue(living, 'instance/a living app', {}, { expiresAt: Date.now() + LEASE_MS });
      const app = newApp(store);
      await app.ready();
      await jest.advanceTimersByTimeAsync(LEASE_MS - 1);
      expect(itemsIn(store)).toEqual([]);
      expect(store.admin.listOpenRuns({ limit: 9 }).data).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(LEASE_MS);
      expect(itemsIn(store)).toEqual(['sdk_hidden_context']);
      expect(store.admin.listOpenRuns({ limit: 9 }).data).toEqual([]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('leaves the runs of an app alone whose clock is behind', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const rightTime = Date.now();
      jest.setSystemTime(rightTime - 3_600_000);
      const store = new MemoryStore();
      const put = jest.spyOn(store, 'putValue');
      await newApp(store).ready();
      const instance = put.mock.calls[0]![1].replace('instance/', '');
      store.createThread(scope, THREAD);
      store.openRun(scope, { id: 'run_1', thread_id: THREAD.id, instance, started_at: THREAD.created_at });
      jest.setSystemTime(rightTime);
      await newApp(store).ready();
      await jest.advanceTimersByTimeAsync(3 * LEASE_MS);
      expect(itemsIn(store)).toEqual([]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('keeps its own lease while it lives, and gives it up when it is closed', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const store = new MemoryStore();
      const put = jest.spyOn(store, 'putValue');
      const app = newApp(store);
      await app.ready();
      const [leases, key] = put.mock.calls[0]!;
      await jest.advanceTimersByTimeAsync(10 * LEASE_MS);
      expect(store.getValue(leases, key)).toBeDefined();
      await app.close({ timeoutMs: 0 });
      expect(store.getValue(leases, key)).toBeUndefined();
      await jest.advanceTimersByTimeAsync(10 * LEASE_MS);
      expect(store.getValue(leases, key)).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it('lets no task of a workflow that the run has begun seem to go on, and leaves those of before', async () => {
    const store = new MemoryStore();
    store.createThread(scope, THREAD);
    const begunAt = new Date('2026-01-01T12:00:00Z');
    const save = (id: string, minutes: number, ...statuses: Task['status_indicator'][]): void => {
      const item: WorkflowItem = {
        ...{ type: 'workflow', id, thread_id: THREAD.id },
        created_at: new Date(begunAt.getTime() + minutes * 60_000).toISOString(),
        workflow: {
          type: 'custom',
          tasks: statuses.map((status_indicator) => ({ type: 'custom', title: id, status_indicator })),
        },
      };
      store.saveItem(scope, item, JSON.stringify(item));
    };
    const started_at = begunAt.toISOString();
    save('of before', -1, 'loading');
    store.openRun(scope, { id: 'run_1', thread_id: THREAD.id, instance: 'gone', started_at });
    save('first', 1, 'complete', 'loading', undefined);
    for (let n = 0; n < 600; n += 1) save(`done ${String(n)}`, 2, 'complete');
    save('last', 3, 'loading');
    await newApp(store).ready();
    const statusesOf = (id: string): unknown => {
      const { item } = store.loadItem(scope, THREAD.id, id);
      return item.type === 'workflow' && item.workflow.tasks.map(({ status_indicator }) => status_indicator);
    };
    expect(statusesOf('of before')).toEqual(['loading']);
    expect(statusesOf('first')).toEqual(['complete', 'none', undefined]);
    expect(statusesOf('last')).toEqual(['none']);
    expect(store.loadItem(scope, THREAD.id, 'done 0').version).toBe(1);
  });

  it('leaves the tasks of a later run loading that goes on in the same thread', async () => {
    const store = storeWithRun('an app of before');
    const living = { owner: LEASE_OWNER, requestContext: undefined, signal: scope.signal };
    store.putValue(living, 'instance/a living app', {}, { expiresAt: Date.now() + LEASE_MS });
    const later = new Date(Date.now() + 1000).toISOString();
    const item: WorkflowItem = {
      ...{ type: 'workflow', id: 'of the later run', thread_id: THREAD.id, created_at: later },
      workflow: { type: 'custom', tasks: [{ type: 'custom', title: 'Look', status_indicator: 'loading' }] },
    };
    store.openRun(scope, {
      ...{ id: 'run_2', thread_id: THREAD.id, instance: 'a living app' },
      started_at: later,
    });
    store.saveItem(scope, item, JSON.stringify(item));
    await newApp(store).ready();
    expect(itemsIn(store)).toEqual(['workflow', 'sdk_hidden_context']);
    expect(store.loadItem(scope, THREAD.id, item.id)).toMatchObject({ item, version: 1 });
  });

  it('writes one note, however many apps find the run at once', async () => {
    const store = storeWithRun('an app of before');
    const lines: LogLine[] = [];
    const later = slow(store) as unknown as MemoryStore;
    await Promise.all(Array.from({ length: 5 }, () => newApp(later, lines).ready()));
    expect(itemsIn(store)).toEqual(['sdk_hidden_context']);
    expect(lines).toHaveLength(1);
  });

  it('reads the records of many runs in batches, and notes them all', async () => {
    const store = new MemoryStore();
    const count = 1200;
    for (let n = 0; n < count; n += 1) {
      const thread_id = `t${String(n)}`;
      store.createThread(scope, { ...THREAD, id: thread_id });
      store.openRun(scope, {
        id: `r${String(n)}`,
        thread_id,
        instance: 'gone',
        started_at: THREAD.created_at,
      });
    }
    const list = jest.spyOn(store.admin, 'listOpenRuns');
    await newApp(store).ready();
    const sizes = list.mock.results.map(({ value }) => (value as Page<unknown>).data.length);
    expect(sizes).toEqual([500, 500, 200]);
    expect(store.admin.listOpenRuns({ limit: 1 }).data).toEqual([]);
    for (const n of [0, 499, 500, 999, 1000, 1199]) {
      expect(store.listItems(scope, `t${String(n)}`, { limit: 9, order: 'asc' }).data).toHaveLength(1);
    }
  });

  it('is not kept from serving by a run whose thread was deleted meanwhile', async () => {
    const store = storeWithRun('an app of before');
    const runs = store.admin.listOpenRuns({ limit: 9 });
    store.deleteThread(scope, THREAD.id);
    jest.spyOn(store.admin, 'listOpenRuns').mockReturnValue(runs);
    await newApp(store).ready();
  });

  it('forgets values that have expired', async () => {
    const store = new MemoryStore();
    store.putValue(scope, 'old', 1, { expiresAt: Date.now() - 1 });
    const cleanedUp = jest.spyOn(store.admin, 'cleanUpValues');
    await createChatKit({ controllers: [Chat], store, owner: 'shared' }).ready();
    expect(cleanedUp).toHaveReturnedWith(1);
  });

  it('forgets values every hour until it is closed, also after a failure', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const store = new MemoryStore();
      const lines: LogLine[] = [];
      const app = newApp(store, lines);
      await app.ready();
      const cleanedUp = jest.spyOn(store.admin, 'cleanUpValues');
      cleanedUp.mockImplementationOnce(() => {
        throw new Error('no such disk');
      });
      await jest.advanceTimersByTimeAsync(CLEAN_UP_VALUES_MS);
      expect(lines).toMatchObject([{ level: 'warn', message: 'expired values could not be deleted' }]);
      store.putValue(scope, 'old', 1, { expiresAt: Date.now() + 1 });
      await jest.advanceTimersByTimeAsync(CLEAN_UP_VALUES_MS);
      expect(cleanedUp).toHaveLastReturnedWith(1);
      await app.close({ timeoutMs: 0 });
      await jest.advanceTimersByTimeAsync(CLEAN_UP_VALUES_MS);
      expect(cleanedUp).toHaveBeenCalledTimes(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('rejects ready() and answers nothing when the store cannot be started', async () => {
    const store = new MemoryStore();
    jest.spyOn(store.admin, 'migrate').mockImplementation(() => {
      throw new Error('no such disk');
    });
    const lines: LogLine[] = [];
    const app = createChatKit({
      controllers: [Chat],
      store,
      owner: 'shared',
      logger: recordingLogger(lines),
    });
    await expect(app.ready()).rejects.toThrow('no such disk');
    const request = { request: {}, readBody: jest.fn(), requestId: 'r', locale: 'en' };
    await expect(app[SERVED].handle(request).answer).rejects.toMatchObject({
      code: 'not_ready',
      status: 503,
    });
    expect(lines).toMatchObject([{ level: 'error' }]);
    await app.close();
  });
});
