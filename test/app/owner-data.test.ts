import 'reflect-metadata';
import { assistantMessage, ChatController, hiddenContext, OnMessage, progress } from '../../src';
import type { ChatContext, ChatKitApp, OwnerRecord, UserMessageItem } from '../../src';
import type { Store } from '../../src/store';
import { scopeOf } from '../stores/fixtures';
import { put, serveFiles, type FileChat } from '../attachments/support';
import { NaiveStore } from '../stores/naive-store';
import * as wire from '../support/requests';
import { describeEveryStore } from './stores';

@ChatController()
class Noting {
  @OnMessage()
  async *reply(message: UserMessageItem | null, ctx: ChatContext) {
    if (message?.content[0]?.text === 'wait') {
      yield progress('waiting');
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
      return;
    }
    await ctx.store.putValue('last', message?.content[0]?.text ?? '');
    yield hiddenContext('a secret note');
    yield assistantMessage('Hello!');
  }
}

async function recordsOf(app: ChatKitApp, owner: string): Promise<OwnerRecord[]> {
  const records: OwnerRecord[] = [];
  for await (const record of app.exportOwner(owner)) records.push(record);
  return records;
}

const appOf = (chat: FileChat): ChatKitApp => (chat as unknown as { app: ChatKitApp }).app;

describeEveryStore('what is stored of an owner', (create) => {
  let store: Store;
  let chat: FileChat;
  let app: ChatKitApp;

  beforeEach(async () => {
    store = await create();
    chat = await serveFiles(undefined, {}, { store, controllers: [Noting] });
    app = appOf(chat);
    await app.ready();
  });

  /** Two threads, one with a file, a file that was not sent, and a thread that was deleted. */
  async function populate(user: string) {
    const sent = await chat.announce('sent.png', undefined, undefined, user);
    const unsent = await chat.announce('unsent.png', undefined, undefined, user);
    for (const file of [sent, unsent]) await put(file);
    const first = await chat.newThread({ user });
    const second = await chat.newThread({ user });
    const deleted = await chat.newThread({ user });
    await chat.post(wire.say(first, `I am ${user}`, { attachments: [sent.id] }), { user });
    await chat.post(wire.deleteThread(deleted), { user });
    return { sent, unsent, first, second, deleted };
  }

  test('is exported whole, as plain JSON, hidden items too, and nothing of others', async () => {
    const { sent, unsent, first, second } = await populate('alice');
    await populate('bob');
    const records = await recordsOf(app, 'alice');
    expect(JSON.parse(JSON.stringify(records))).toEqual(records);
    expect(records.map((record) => (record.type === 'item' ? record.item.type : record.type))).toEqual([
      ...['thread', 'user_message', 'hidden_context_item', 'assistant_message'],
      ...['user_message', 'hidden_context_item', 'assistant_message'],
      ...['thread', 'user_message', 'hidden_context_item', 'assistant_message'],
      ...['attachment', 'attachment'],
      ...records.filter(({ type }) => type === 'value').map(() => 'value'),
    ]);
    expect(records).toContainEqual({ type: 'value', key: 'last', value: 'I am alice' });
    const text = JSON.stringify(records);
    for (const id of [sent.id, unsent.id, first, second]) expect(text).toContain(id);
    expect(text).not.toContain('bob');
  });

  test('is exported from page to page', async () => {
    const id = await chat.newThread();
    for (let n = 0; n < 250; n += 1) {
      const item = {
        ...{ id: `i${String(n)}`, thread_id: id, created_at: new Date().toISOString() },
        ...{ type: 'hidden_context_item' as const, content: String(n) },
      };
      await store.saveItem(scopeOf('alice'), item, JSON.stringify(item));
    }
    const items = (await recordsOf(app, 'alice')).flatMap((record) =>
      record.type === 'item' ? [record.item.id] : [],
    );
    expect(items.slice(3)).toEqual(Array.from({ length: 250 }, (_, n) => `i${String(n)}`));
    expect(await recordsOf(app, 'nobody')).toEqual([]);
  });

  test('is erased whole, with files and running answers, and nothing of others', async () => {
    const alice = await populate('alice');
    const bob = await populate('bob');
    const before = await recordsOf(app, 'bob');
    const stream = await chat.open(wire.say(alice.second, 'wait'), { user: 'alice' });
    await stream.until(({ type }) => type === 'progress_update');
    await app.eraseOwner('alice');
    expect((await stream.end()).at(-1)).toMatchObject({ type: 'error' });
    expect(await recordsOf(app, 'alice')).toEqual([]);
    expect(await recordsOf(app, 'bob')).toEqual(before);
    expect(chat.kept().sort()).toEqual(
      [bob.sent.id, bob.unsent.id].sort().map((id) => expect.stringContaining(id) as string),
    );
    expect((await store.admin!.listOpenRuns({ limit: 10 })).data).toEqual([]);
    const reply = await chat.post(wire.getThread(alice.first), { user: 'alice' });
    expect(reply.status).toBe(404);
    await app.eraseOwner('alice'); // again
    await chat.newThread({ user: 'alice' }); // the name may come again
  });
});

test('a store that cannot tell what an owner has is a DeveloperError', async () => {
  const store = Object.assign(new NaiveStore(), { admin: undefined });
  const chat = await serveFiles(undefined, {}, { store: store as unknown as Store, controllers: [Noting] });
  await expect(appOf(chat).eraseOwner('alice')).rejects.toMatchObject({ code: 'no_store_admin' });
  await expect(recordsOf(appOf(chat), 'alice')).rejects.toMatchObject({ code: 'no_store_admin' });
});
