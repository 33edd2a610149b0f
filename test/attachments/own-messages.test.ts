import {
  ChatController,
  OnAction,
  OnMessage,
  replace,
  type ChatContext,
  type EventDraft,
  type UserMessageItem,
} from '../../src';
import { interfere } from '../support/failing-store';
import * as wire from '../support/requests';
import { ADAPTERS } from '../support/adapters';
import { MemoryStore } from '../../src/stores';
import { carriedIds, expectNothingLost } from './after-crashes';
import { put, serveFiles, type FileChat } from './support';

/** Messages that the application makes itself, with a file that a client has uploaded. */
const WAYS: [
  how: string,
  store: (chat: FileChat, threadId: string, attachmentId: string) => Promise<unknown>,
][] = [
  ['a handler yields', (chat, threadId, id) => chat.post(wire.say(threadId, `yield ${id}`))],
  ['a handler stores', (chat, threadId, id) => chat.post(wire.say(threadId, `store ${id}`))],
  [
    'a sync action returns',
    async (chat, threadId, id) => chat.post(wire.actSync(threadId, undefined, 'import', { id })),
  ],
  [
    'a sync action returns as replaced',
    async (chat, threadId, id) =>
      chat.post(wire.actSync(threadId, undefined, 'import', { id, replaced: true })),
  ],
  [
    'a client has sent and a handler adds it to',
    (chat, threadId, id) => chat.post(wire.say(threadId, `extend ${id}`)),
  ],
  [
    'a job adds',
    async (chat, threadId, id) => {
      const thread = await chat.app.as({ userId: 'alice' }).thread(threadId);
      const attachments = [await chat.record(id)];
      await thread.add({ type: 'thread.item.done', item: message(threadId, attachments) });
    },
  ],
];

function message(thread_id: string, attachments: UserMessageItem['attachments']): UserMessageItem {
  return {
    id: 'msg_own',
    thread_id,
    created_at: new Date().toISOString(),
    type: 'user_message',
    content: [{ type: 'input_text', text: 'By mail' }],
    attachments,
    quoted_text: '',
    inference_options: {},
  };
}

@ChatController()
class Importer {
  @OnMessage()
  async *reply(said: UserMessageItem, ctx: ChatContext) {
    const [how, id = ''] = said.content[0]!.text.split(' ');
    if (how === 'Start') return;
    const own = message(ctx.thread.id, [await ctx.store.loadAttachment(id)]);
    if (how === 'yield') yield { type: 'thread.item.done', item: own } as EventDraft;
    else if (how === 'extend') {
      yield { type: 'thread.item.replaced', item: { ...said, attachments: own.attachments } } as EventDraft;
    } else {
      const saving = ctx.store.saveItem(own);
      Object.assign(own, { id: 'msg_spoiled', thread_id: 'thr_spoiled', attachments: [] });
      await saving;
    }
  }

  @OnAction('import', { sync: true, payload: 'unchecked' })
  async import({ id, replaced }: { id: string; replaced?: boolean }, ctx: ChatContext) {
    const item = message(ctx.thread.id, [await ctx.store.loadAttachment(id)]);
    return replaced === true ? replace(item) : item;
  }
}

async function serve(store = new MemoryStore()): Promise<{ chat: FileChat; threadId: string }> {
  const chat = await serveFiles(ADAPTERS['node:http'], {}, { controllers: [Importer], store });
  return { chat, threadId: await chat.newThread() };
}

test.each(WAYS)('the file of a message that %s is kept', async (_, storeMessage) => {
  const { chat, threadId } = await serve();
  const attachment = await chat.announce();
  await put(attachment);
  await storeMessage(chat, threadId, attachment.id);
  expect(await carriedIds(chat)).toEqual([attachment.id]);
  await expectNothingLost(chat, [attachment]);
});

test.each(WAYS)('the file of a message that %s is kept, when its marking fails', async (_, storeMessage) => {
  let failing = false;
  const store = interfere(new MemoryStore(), ({ method }, proceed) => {
    if (failing && method === 'patchAttachment') throw new Error('The store has failed.');
    return proceed();
  });
  const { chat, threadId } = await serve(store);
  const attachment = await chat.announce();
  await put(attachment);
  failing = true;
  await storeMessage(chat, threadId, attachment.id).catch(() => undefined);
  failing = false;
  expect(await carriedIds(chat)).toEqual([attachment.id]);
  await expectNothingLost(chat, [attachment]);
});

test('a message may carry attachments that have no record', async () => {
  const { chat, threadId } = await serve();
  const thread = await chat.app.as({ userId: 'alice' }).thread(threadId);
  const elsewhere = { id: 'crm_1', type: 'file' as const, name: 'offer.pdf', mime_type: 'application/pdf' };
  await thread.add({ type: 'thread.item.done', item: message(threadId, [elsewhere]) });
  expect((await chat.items(threadId)).at(-1)).toMatchObject({ id: 'msg_own', attachments: [elsewhere] });
});
