import { join } from 'node:path';
import type { Attachment } from '../../src/protocol';
import { SqliteStore } from '../../src/stores/sqlite';
import { afterThisTest } from '../support/cleanup';
import { Child } from '../support/child';
import { post } from '../support/client';
import { ADAPTERS } from '../support/adapters';
import * as wire from '../support/requests';
import { carriedIds, expectNothingLost, expectUploadMadeGood } from './after-crashes';
import { BYTES, put, SECRET, serveFiles, temporaryDirectory, type FileChat } from './support';

/** What a server leaves that is killed after each call to its store that some work makes. */
async function afterEachKill(
  work: (url: string, announced: Attachment) => Promise<unknown>,
  prepare: (announced: Attachment) => Promise<unknown>,
  check: (chat: FileChat, announced: Attachment) => Promise<void>,
): Promise<number> {
  for (let calls = 1; ; calls += 1) {
    const directory = temporaryDirectory();
    const files = join(directory, 'files');
    const database = join(directory, 'chat.db');
    const child = Child.start<string>('attachments/processes/mortal-server.ts', [files, database, SECRET]);
    const url = await child.next();
    const reply = await post(url, wire.announce('cat.png', BYTES.length));
    const announced = reply.json as Attachment;
    await prepare(announced);
    await child.ask(String(calls));
    const survived = await work(url, announced).then(
      () => true,
      () => false, // the connection has broken
    );
    child.kill();
    if (survived) return calls - 1;
    const store = new SqliteStore(database);
    afterThisTest(() => store.close());
    await check(await serveFiles(ADAPTERS['node:http'], { directory: files }, { store }), announced);
  }
}

const upload = (_: string, announced: Attachment) => put(announced);
const send = (url: string, { id }: Attachment) => post(url, wire.create('Look', { attachments: [id] }));
const nothing = () => Promise.resolve();

test('a link can be used again after a kill during its upload', async () => {
  expect(await afterEachKill(upload, nothing, expectUploadMadeGood)).toBeGreaterThan(2);
}, 120_000);

test('a cleanup after a kill during an upload leaves nothing', async () => {
  const check = (chat: FileChat, announced: Attachment) => expectNothingLost(chat, [announced]);
  expect(await afterEachKill(upload, nothing, check)).toBeGreaterThan(2);
}, 120_000);

test('a kill while a message is stored loses none of its files, and leaves no others', async () => {
  const carried = new Set<number>();
  const kills = await afterEachKill(send, put, async (chat, announced) => {
    carried.add((await carriedIds(chat)).length);
    await expectNothingLost(chat, [announced]);
  });
  expect(kills).toBeGreaterThan(5);
  expect([...carried].sort()).toEqual([0, 1]); // some were killed before the message, some after
}, 120_000);
