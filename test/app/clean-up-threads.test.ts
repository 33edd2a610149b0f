import 'reflect-metadata';
import { once } from 'node:events';
import { ChatController, OnMessage, progress, type ChatKitApp } from '../../src';
import type { Store } from '../../src/store';
import { scopeOf, threadOf, widgetOf } from '../stores/fixtures';
import { put, serveFiles, type FileChat } from '../attachments/support';
import * as wire from '../support/requests';
import { pause } from '../support/wait';
import { describeEveryStore } from './stores';

const HOUR = 3_600_000;
const LONG_AGO = '2020-01-02T03:04:05Z';
const alice = scopeOf('alice');

/** Answers nothing, but goes on until it is cancelled when it is told to wait. */
@ChatController()
class Patient {
  @OnMessage()
  async *reply(message: { content: { text?: string }[] } | null, { signal }: { signal: AbortSignal }) {
    if (message?.content[0]?.text !== 'wait') return;
    yield progress('waiting');
    await once(signal, 'abort');
  }
}

describeEveryStore('cleanUpThreads', (create) => {
  let store: Store;
  let chat: FileChat;
  let app: ChatKitApp;

  beforeEach(async () => {
    store = await create();
    chat = await serveFiles(undefined, {}, { store, controllers: [Patient] });
    app = (chat as unknown as { app: ChatKitApp }).app;
    await app.ready();
  });

  async function threadWith(id: string, createdAt: string, ...items: [type: string, createdAt: string][]) {
    await store.createThread(alice, threadOf(id, { created_at: createdAt }));
    for (const [index, [type, at]] of items.entries()) {
      const item =
        type === 'widget'
          ? { ...widgetOf(`${id} ${String(index)}`, id), created_at: at }
          : {
              ...{ id: `${id} ${String(index)}`, thread_id: id, created_at: at },
              ...{ type: 'hidden_context_item' as const, content: 'x' },
            };
      await store.saveItem(alice, item, JSON.stringify(item));
    }
  }

  const isThere = async (id: string): Promise<boolean> => {
    try {
      await store.loadThread(alice, id);
      return true;
    } catch {
      return false;
    }
  };

  test('deletes old threads, and leaves the others alone', async () => {
    const now = new Date().toISOString();
    await threadWith('old', LONG_AGO, ['widget', now]);
    await threadWith('new', now);
    expect(await app.cleanUpThreads({ olderThanMs: HOUR })).toBe(1);
    expect([await isThere('old'), await isThere('new')]).toEqual([false, true]);
    expect(await app.cleanUpThreads({ olderThanMs: HOUR })).toBe(0);
  });

  test('deletes idle threads: those in which no item, hidden or not, was added for long', async () => {
    const now = new Date().toISOString();
    await threadWith('idle', LONG_AGO, ['widget', LONG_AGO], ['hidden', LONG_AGO]);
    await threadWith('empty', LONG_AGO);
    await threadWith('used', LONG_AGO, ['widget', LONG_AGO], ['widget', now]);
    await threadWith('noted', LONG_AGO, ['widget', LONG_AGO], ['hidden', now]);
    expect(await app.cleanUpThreads({ idleForMs: HOUR })).toBe(2);
    const there = await Promise.all(['idle', 'empty', 'used', 'noted'].map(isThere));
    expect(there).toEqual([false, false, true, true]);
    expect(await app.cleanUpThreads({ idleForMs: HOUR, olderThanMs: HOUR })).toBe(2);
  });

  test('deletes the attachments of a thread, bytes and records, and no others', async () => {
    const [sent, elsewhere, unsent] = [await chat.announce(), await chat.announce(), await chat.announce()];
    for (const file of [sent, elsewhere, unsent]) await put(file);
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'Look', { attachments: [sent.id] }));
    await threadWith('fresh', new Date(Date.now() + HOUR).toISOString());
    await chat.post(wire.say('fresh', 'Look', { attachments: [elsewhere.id] }));
    await pause(5);
    expect(await app.cleanUpThreads({ olderThanMs: 1 })).toBe(1);
    expect(await isThere(threadId)).toBe(false);
    expect(chat.kept().sort()).toEqual(
      [elsewhere.id, unsent.id].sort().map((id) => expect.stringContaining(id) as string),
    );
    await expect(async () => chat.record(sent.id)).rejects.toMatchObject({ status: 404 });
    expect((await chat.record(unsent.id)).id).toBe(unsent.id);
  });

  test('leaves a thread alone that has a run', async () => {
    await threadWith('busy', LONG_AGO);
    const stream = await chat.open(wire.say('busy', 'wait'));
    await stream.until(({ type }) => type === 'progress_update');
    expect(await app.cleanUpThreads({ olderThanMs: HOUR })).toBe(0);
    stream.leave();
    await chat.post(wire.getThread('busy')); // when what was shown is kept
    while ((await app.cleanUpThreads({ olderThanMs: HOUR })) === 0);
    expect(await isThere('busy')).toBe(false);
  });

  test('goes through more threads than one batch has', async () => {
    await Promise.all(Array.from({ length: 620 }, (_, n) => threadWith(`t${String(n)}`, LONG_AGO)));
    expect(await app.cleanUpThreads({ olderThanMs: HOUR })).toBe(620);
    expect((await store.admin!.listThreads({ limit: 1, order: 'asc' })).data).toEqual([]);
  });

  test.each([{}, { olderThanMs: -1 }, { idleForMs: NaN }])('refuses %p', async (options) => {
    await expect(app.cleanUpThreads(options)).rejects.toThrow(TypeError);
  });
});
