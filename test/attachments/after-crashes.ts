import type { Attachment } from '../../src/protocol';
import type { FileChat } from './support';
import { previewUrl, put, scopeOf, send } from './support';

const A_WEEK = 7 * 24 * 3_600_000;

/** The cleanup, as it is done a week later. */
export async function cleanUpLater(chat: FileChat): Promise<number> {
  const app = chat.app as unknown as { ready(): Promise<void>; cleanUpAttachments(): Promise<number> };
  await app.ready(); // or the cleanup at startup would be a week later as well, and beside this one
  const now = Date.now();
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + A_WEEK);
  try {
    return await app.cleanUpAttachments();
  } finally {
    clock.mockRestore();
  }
}

/** The ids of all attachments that messages of `alice` carry. */
export async function carriedIds(chat: FileChat): Promise<string[]> {
  const { data: threads } = await chat.store.listThreads(scopeOf('alice'), { limit: 100, order: 'asc' });
  const items = (await Promise.all(threads.map(({ id }) => chat.items(id)))).flat();
  const ids = items.flatMap((item) => (item.type === 'user_message' ? item.attachments : []));
  return [...new Set(ids.map(({ id }) => id))].sort();
}

/** That files which messages carry are there, and after a cleanup no others. */
export async function expectNothingLost(chat: FileChat, attachments: readonly Attachment[]): Promise<void> {
  const carried = await carriedIds(chat);
  await cleanUpLater(chat);
  for (const attachment of attachments) {
    const { status } = await send(hereOf(chat, previewUrl(attachment)));
    expect([attachment.id, status]).toEqual([attachment.id, carried.includes(attachment.id) ? 200 : 404]);
    if (!carried.includes(attachment.id)) continue;
    expect((await chat.record(attachment.id)).thread_id).toBeDefined();
  }
  expect(
    chat
      .kept()
      .map((path) => path.split('/').at(-1))
      .sort(),
  ).toEqual(carried);
}

/** That an upload that was cut off can be made good by its client, and by nobody else. */
export async function expectUploadMadeGood(chat: FileChat, announced: Attachment): Promise<void> {
  const link = hereOf(chat, new URL(announced.upload_descriptor!.url));
  const { upload_descriptor: open } = await chat.record(announced.id);
  // Without a descriptor it had succeeded, and only its answer was lost.
  expect((await put(link)).status).toBe(open === undefined ? 409 : 200);
  expect((await chat.record(announced.id)).upload_descriptor).toBeUndefined();
  expect((await send(hereOf(chat, previewUrl(announced)))).status).toBe(200);
  expect((await put(link)).status).toBe(409);
  expect(chat.kept().filter((path) => !path.startsWith('incoming/'))).toHaveLength(1);
}

/** A link of another process with the same secret, for this one. */
function hereOf(chat: FileChat, link: URL): URL {
  return new URL(link.pathname + link.search, chat.url);
}
