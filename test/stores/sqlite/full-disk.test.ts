import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { assistantMessage, ChatController, OnAction, OnMessage } from '../../../src';
import { type Awaitable } from '../../../src/store';
import { SqliteStore } from '../../../src/stores/sqlite';
import { serveChat, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { drivers } from '../drivers';
import { scopeOf, threadOf, widgetOf } from '../fixtures';

const scope = scopeOf('ann');
const LARGE = 'x'.repeat(60_000);

/** Mounts a disk of four megabytes, in memory. */
function mountDisk(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory], { stdio: 'pipe' });
  } catch (error) {
    rmSync(directory, { recursive: true });
    throw error;
  }
  return directory;
}

function unmount(directory: string): void {
  execFileSync('umount', ['-l', directory]);
  rmSync(directory, { recursive: true, force: true });
}

function canMount(): boolean {
  try {
    unmount(mountDisk());
    return true;
  } catch (error) {
    process.stderr.write(`Not tested: no disk can be mounted to be filled. ${String(error)}\n`);
    return false;
  }
}

/** Fills the disk to the last byte. Returns how to make room again. */
function fill(directory: string): () => void {
  const file = join(directory, 'filler');
  const handle = openSync(file, 'w');
  for (const size of [65_536, 4096, 1]) {
    const chunk = Buffer.alloc(size, 1);
    try {
      while (writeSync(handle, chunk) === size);
    } catch {
      // it is full for chunks of this size
    }
  }
  closeSync(handle);
  return () => truncateSync(file, 0);
}

type Write = (store: SqliteStore, n: number) => Awaitable<unknown>;

/** Every method that writes, each time with something new and large. */
const WRITES: Record<string, Write> = {
  createThread: (store, n) => store.createThread(scope, threadOf(`new ${String(n)}`, { title: LARGE })),
  patchThread: (store, n) => store.patchThread(scope, 't1', { title: `${String(n)} ${LARGE}` }),
  'saveItem of a new item': (store, n) => {
    const item = widgetOf(`new ${String(n)}`, 't1', LARGE);
    return store.saveItem(scope, item, JSON.stringify(item));
  },
  'saveItem of a known item': (store, n) => {
    const item = widgetOf('i1', 't1', `${String(n)} ${LARGE}`);
    return store.saveItem(scope, item, JSON.stringify(item));
  },
  'saveItem if it is not there': (store, n) => {
    const item = widgetOf(`once ${String(n)}`, 't1', LARGE);
    return store.saveItem(scope, item, JSON.stringify(item), { ifVersion: 0 });
  },
  'saveItem if its version fits': async (store, n) => {
    const item = widgetOf('i1', 't1', `${String(n)} ${LARGE}`);
    const { version } = await store.loadItem(scope, 't1', 'i1');
    return store.saveItem(scope, item, JSON.stringify(item), { ifVersion: version });
  },
  'saveItem of a deleted item': (store, n) => {
    const item = widgetOf('gone', 't1', `${String(n)} ${LARGE}`);
    return store.saveItem(scope, item, JSON.stringify(item));
  },
  saveAttachment: (store, n) =>
    store.saveAttachment(scope, {
      id: `new ${String(n)}`,
      type: 'file',
      name: 'a',
      mime_type: 'a/b',
      metadata: { LARGE },
    }),
  openRun: (store, n) =>
    store.openRun(scope, { id: `new ${String(n)}`, thread_id: 't1', instance: LARGE, started_at: '' }),
  putValue: (store, n) => store.putValue(scope, 'k', `${String(n)} ${LARGE}`),
  'putValue if it is absent': (store, n) =>
    store.putValue(scope, `new ${String(n)}`, LARGE, { ifVersion: 0 }),
  'putValue if its version fits': async (store, n) => {
    const stored = await store.getValue(scope, 'known');
    return store.putValue(scope, 'known', `${String(n)} ${LARGE}`, { ifVersion: stored?.version ?? 0 });
  },
  // These write little; what is large makes room for what they have to log.
  deleteThread: (store) => store.deleteThread(scope, 'doomed'),
  deleteItem: (store) => store.deleteItem(scope, 't1', 'doomed'),
  deleteAttachment: (store) => store.deleteAttachment(scope, 'doomed'),
  closeRun: (store) => store.closeRun(scope, 'doomed'),
  deleteValue: (store) => store.deleteValue(scope, 'doomed'),
  'admin.sweepValues': (store) => store.admin.sweepValues(Number.MAX_SAFE_INTEGER),
};

/** A store with something of every kind, closed and opened again, so that its log is empty. */
async function prepared(file: string, driver: ReturnType<typeof drivers>[number]): Promise<SqliteStore> {
  const store = new SqliteStore(file, { driver });
  for (const id of ['t1', 'doomed']) await store.createThread(scope, threadOf(id));
  for (const id of ['i1', 'gone', 'doomed']) {
    const item = widgetOf(id, 't1', 'short');
    await store.saveItem(scope, item, JSON.stringify(item));
  }
  await store.deleteItem(scope, 't1', 'gone');
  await store.saveAttachment(scope, { id: 'doomed', type: 'file', name: 'a', mime_type: 'a/b' });
  await store.openRun(scope, { id: 'doomed', thread_id: 't1', instance: 'i', started_at: '' });
  await store.putValue(scope, 'known', 1);
  await store.putValue(scope, 'doomed', 1, { expiresAt: Date.now() + 3_600_000 });
  store.close();
  return new SqliteStore(file, { driver });
}

/** All that is stored, read by a connection of its own. */
async function everything(file: string, driver: ReturnType<typeof drivers>[number]): Promise<string> {
  const store = new SqliteStore(file, { driver });
  const all = [
    await store.admin.listThreads({ limit: 99, order: 'asc' }),
    await store.listItems(scope, 't1', { limit: 99, order: 'asc' }),
    await store.admin.listUnsentAttachments(Number.MAX_SAFE_INTEGER),
    await store.admin.listOpenRuns(),
    await Promise.all(
      ['k', 'known', 'doomed', 'new 0', 'new 9'].map(async (key) => store.getValue(scope, key)),
    ),
  ];
  store.close();
  return JSON.stringify(all);
}

const describeOnDisk = canMount() ? describe : describe.skip;

describeOnDisk.each(drivers())('on a disk that is full (%s)', (driver) => {
  let disk: string;
  beforeEach(() => {
    disk = mountDisk();
  });
  afterEach(() => {
    unmount(disk);
  });

  test.each(Object.entries(WRITES))(
    '%s fails, stores nothing, and works again when there is room',
    async (_, write) => {
      const file = join(disk, 'chat.db');
      const store = await prepared(file, driver);
      const before = await everything(file, driver);
      const makeRoom = fill(disk);
      try {
        for (const n of [0, 1, 2]) {
          await expect((async () => write(store, n))()).rejects.toThrow(/full|disk/i);
        }
        makeRoom();
        expect(await everything(file, driver)).toBe(before);
        await write(store, 9);
        expect(await everything(file, driver)).not.toBe(before);
      } finally {
        store.close();
      }
    },
  );

  test('a run tells its client of nothing that is not stored, and a single-use action is not used up', async () => {
    let calls = 0;
    @ChatController()
    class Writing {
      @OnMessage()
      *reply() {
        for (const text of ['a', 'b', 'c']) yield assistantMessage(text.repeat(60_000));
      }
      @OnAction('once', { payload: 'unchecked', once: true })
      once() {
        calls += 1;
        return assistantMessage('Done.');
      }
    }
    const file = join(disk, 'chat.db');
    const store = new SqliteStore(file, { driver });
    const chat = await serveChat({ controllers: [Writing], store });
    const threadId = threadIdOf(await chat.post(wire.create('Hi', { content: [] })));
    const count = (await chat.items(threadId)).length;
    const makeRoom = fill(disk);
    const reply = await chat.post(wire.say(threadId));
    expect(reply.types).not.toContain('thread.item.done');
    await chat.post(wire.act(threadId, undefined, 'once'));
    expect(calls).toBe(0);
    makeRoom();
    expect(await chat.items(threadId)).toHaveLength(count);
    await chat.post(wire.act(threadId, undefined, 'once'));
    await chat.post(wire.act(threadId, undefined, 'once'));
    expect(calls).toBe(1);
    store.close();
  });
});
