import 'reflect-metadata';
import { describeEveryStore } from '../app/stores';
import * as wire from '../support/requests';
import { put, serveFiles, type FileChat } from './support';

describeEveryStore('threads.delete', (create) => {
  let chat: FileChat;

  beforeEach(async () => {
    chat = await serveFiles(undefined, {}, { store: await create() });
  });

  async function uploaded(): Promise<string> {
    const file = await chat.announce();
    await put(file);
    return file.id;
  }

  const named = (...ids: string[]) => ids.sort().map((id) => expect.stringContaining(id) as string);

  test('takes the attachments that were last sent in the thread with it, bytes and records, and no others', async () => {
    const [sent, also, shared, unsent] = [
      await uploaded(),
      await uploaded(),
      await uploaded(),
      await uploaded(),
    ];
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'Look', { attachments: [sent, shared] }));
    await chat.post(wire.say(threadId, 'And', { attachments: [also] }));
    await chat.post(wire.say(await chat.newThread(), 'And here', { attachments: [shared] }));
    expect((await chat.post(wire.deleteThread(threadId))).status).toBe(200);
    expect(chat.kept().sort()).toEqual(named(shared, unsent));
    for (const id of [sent, also]) {
      await expect(async () => chat.record(id)).rejects.toMatchObject({ status: 404 });
    }
    for (const id of [shared, unsent]) expect((await chat.record(id)).id).toBe(id);
  });

  test('changes nothing of a thread of another owner', async () => {
    const sent = await uploaded();
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'Look', { attachments: [sent] }));
    expect((await chat.post(wire.deleteThread(threadId), { user: 'mallory' })).status).toBe(404);
    expect(chat.kept()).toEqual(named(sent));
    expect(await chat.items(threadId)).toHaveLength(2);
  });

  test('leaves the thread where bytes cannot be deleted, and can be sent again', async () => {
    const sent = await uploaded();
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'Look', { attachments: [sent] }));
    const failing = jest
      .spyOn(chat.files, 'deleteAttachment')
      .mockRejectedValueOnce(new Error('The disk is away.'));
    expect((await chat.post(wire.deleteThread(threadId))).status).toBe(500);
    expect(await chat.items(threadId)).toHaveLength(2);
    expect((await chat.post(wire.deleteThread(threadId))).status).toBe(200);
    expect(failing).toHaveBeenCalledTimes(2);
    expect(chat.kept()).toEqual([]);
  });
});
