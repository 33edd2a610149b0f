import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment, Page } from '../../src/protocol';
import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import { interfere } from '../support/failing-store';
import * as wire from '../support/requests';
import { pause, until } from '../support/wait';
import { ADAPTERS } from '../support/adapters';
import { filesIn, put, scopeOf, serveFiles, temporaryDirectory, type FileChat } from './support';

const node = ADAPTERS['node:http'];
const STORES: [string, () => MemoryStore | SqliteStore][] = [
  ['MemoryStore', () => new MemoryStore()],
  ['SqliteStore', () => new SqliteStore(':memory:')],
];

/** One that was sent, one that was uploaded only, one that was announced only, and another owner's. */
async function fourAttachments(chat: FileChat) {
  const sent = await chat.announce();
  const uploaded = await chat.announce();
  const announced = await chat.announce();
  const others = await chat.announce('cat.png', undefined, undefined, 'bob');
  for (const attachment of [sent, uploaded, others]) await put(attachment);
  await chat.post(wire.create('Look', { attachments: [sent.id] }));
  return { sent, uploaded, announced, others };
}

test.each(STORES)('files that nobody sent are cleaned up, records and bytes: %s', async (_, create) => {
  const chat = await serveFiles(node, {}, { store: create() });
  const { sent, uploaded, announced, others } = await fourAttachments(chat);
  const app = chat.app as unknown as { cleanUpAttachments(options?: object): Promise<number> };
  expect(await app.cleanUpAttachments()).toBe(0); // a day old at the least
  expect(await app.cleanUpAttachments({ olderThanMs: 60_000 })).toBe(0);
  expect(chat.kept()).toHaveLength(3);
  await pause(5);
  expect(await app.cleanUpAttachments({ olderThanMs: 1 })).toBe(3);
  expect(chat.kept()).toEqual([expect.stringContaining(sent.id)]);
  expect((await chat.record(sent.id)).thread_id).toBeDefined();
  for (const [id, owner] of [
    [uploaded.id, 'alice'],
    [announced.id, 'alice'],
    [others.id, 'bob'],
  ] as const) {
    await expect(async () => chat.record(id, owner)).rejects.toMatchObject({ status: 404 });
  }
  expect((await put(announced)).status).toBe(404);
  expect(await app.cleanUpAttachments({ olderThanMs: 1 })).toBe(0);
});

test.each(STORES)(
  'unsent files by the hundred are read in batches, and all cleaned up: %s',
  async (_, create) => {
    const store = create();
    const chat = await serveFiles(node, {}, { store });
    for (let n = 0; n < 1100; n += 1) {
      const file = { type: 'file', id: `a${String(n)}`, name: 'a.txt', mime_type: 'text/plain' } as const;
      await store.saveAttachment(scopeOf('alice'), file);
    }
    await pause(5);
    const list = jest.spyOn(store.admin, 'listUnsentAttachments');
    const app = chat.app as unknown as { cleanUpAttachments(options?: object): Promise<number> };
    expect(await app.cleanUpAttachments({ olderThanMs: 1 })).toBe(1100);
    const batches = list.mock.results.map(({ value }) => value as Page<Attachment>);
    expect(batches.map(({ data }) => data.length)).toEqual([500, 500, 100]);
  },
);

test('at start what is old is cleaned up: unsent files, and what broken uploads left', async () => {
  const directory = temporaryDirectory();
  const incoming = join(directory, 'incoming');
  mkdirSync(incoming, { recursive: true });
  for (const name of ['atc_old.1', 'atc_new.1']) writeFileSync(join(incoming, name), 'part of a file');
  const yesterday = Date.now() / 1000 - 90_000;
  utimesSync(join(incoming, 'atc_old.1'), yesterday, yesterday);
  const store = new MemoryStore();
  const chat = await serveFiles(node, { directory, keepUnsentMs: 86_400_000 }, { store });
  await until(() => filesIn(directory).length === 1, 'the leftover to go');
  expect(filesIn(directory)).toEqual(['incoming/atc_new.1']);
  const announced = await chat.announce();
  await pause(20);
  const later = await serveFiles(node, { directory, keepUnsentMs: 10 }, { store });
  await until(() => later.logger.messages('info').length === 1, 'the cleanup');
  await expect(async () => later.record(announced.id)).rejects.toMatchObject({ status: 404 });
});

test('one that cannot be deleted does not keep the others', async () => {
  let stuck = '';
  const store = interfere(new MemoryStore(), ({ method, args }, proceed) => {
    if (method === 'deleteAttachment' && args[1] === stuck) throw new Error('locked');
    return proceed();
  });
  const chat = await serveFiles(node, {}, { store });
  const first = await chat.announce();
  const second = await chat.announce();
  stuck = first.id;
  await pause(5);
  const app = chat.app as unknown as { cleanUpAttachments(options?: object): Promise<number> };
  expect(await app.cleanUpAttachments({ olderThanMs: 1 })).toBe(1);
  await expect(async () => store.loadAttachment(scopeOf('alice'), second.id)).rejects.toMatchObject({
    status: 404,
  });
  expect(chat.logger.messages('warn')).toEqual(['an attachment could not be cleaned up']);
});
