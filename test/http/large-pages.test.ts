import { join } from 'node:path';
import { assistantMessage, ChatController, OnMessage } from '../../src';
import { PAGE_BYTES } from '../../src/store';
import { SqliteStore } from '../../src/stores/sqlite';
import { temporaryDirectory } from '../attachments/support';
import { serveChat, type TestChat } from '../support/chat';
import { Child } from '../support/child';
import { post, type Json } from '../support/client';
import { ADAPTERS } from '../support/adapters';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { until } from '../support/wait';
import type { Report } from './processes/small-heap';

const MIB = 1024 * 1024;
const scope = { owner: 'alice', requestContext: {}, signal: new AbortController().signal };
const created_at = '2025-01-02T03:04:05.000Z';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

/** Puts a message of this many bytes, more or less, into a thread. */
async function fill(store: SqliteStore | TestChat['store'], thread_id: string, id: string, bytes: number) {
  const item = {
    id,
    thread_id,
    created_at,
    type: 'user_message' as const,
    content: [{ type: 'input_text' as const, text: `${id} ${'x'.repeat(bytes)}` }],
    attachments: [],
    inference_options: {},
  };
  await store.saveItem(scope, item, JSON.stringify(item));
}

/** All entries of a list, page by page; every page is to have some. */
async function everything(ask: (after: string | undefined) => Promise<Json>): Promise<Json[]> {
  const all: Json[] = [];
  for (let after: string | undefined, isLast = false; !isLast;) {
    const page = await ask(after);
    const data = page['data'] as Json[];
    expect(data.length).toBeGreaterThan(0);
    all.push(...data);
    after = page['after'] as string | undefined;
    isLast = page['has_more'] !== true;
    expect(after).toBe(isLast ? undefined : data.at(-1)!['id']);
  }
  return all;
}

describe('a server with a heap of 128 MB, and 300 MB of messages and threads', () => {
  const COUNT = 100;
  const SIZE = 3 * MIB;
  let url: string;
  let child: Child<Report>;

  beforeEach(async () => {
    const file = join(temporaryDirectory(), 'chat.db');
    const store = new SqliteStore(file);
    await store.createThread(scope, { id: 'large', created_at, status: { type: 'active' }, metadata: {} });
    for (let index = 0; index < COUNT; index += 1) await fill(store, 'large', `m${String(index)}`, SIZE);
    for (let index = 0; index < COUNT; index += 1) {
      const metadata = { notes: 'x'.repeat(SIZE) };
      await store.createThread(scope, {
        id: `t${String(index)}`,
        created_at,
        status: { type: 'active' },
        metadata,
      });
    }
    store.close();
    child = Child.start<Report>('http/processes/small-heap.ts', [file], ['--max-old-space-size=128']);
    ({ url } = await child.next());
  }, 60_000);

  test('answers lists page by page, each entry once and in order, and goes on', async () => {
    const ids = Array.from({ length: COUNT }, (_, index) => `m${String(index)}`);
    const thread = (await post(url, wire.getThread('large'))).json;
    expect((thread['items'].data as Json[]).map(({ id }) => id as string)).toEqual(['m0']);
    expect(thread['items']).toMatchObject({ has_more: true, after: 'm0' });

    for (const order of ['asc', 'desc'] as const) {
      const found = await everything(async (after) => {
        const reply = await post(url, wire.listItems('large', { limit: 100, order, after }));
        expect(reply.text.length).toBeLessThan(PAGE_BYTES + SIZE);
        return reply.json;
      });
      const expected = order === 'asc' ? ids : ids.toReversed();
      expect(found.map(({ id }) => id as string)).toEqual(expected);
      for (const { id, content } of found) {
        const [{ text }] = content as [{ text: string }];
        expect([id, text.length, text.split(' ')[0]]).toEqual([id, SIZE + 1 + (id as string).length, id]);
      }
    }

    const threads = await everything(
      async (after) => (await post(url, wire.listThreads({ limit: 100, after }))).json,
    );
    expect(threads.map(({ id }) => id as string)).toEqual([
      ...Array.from({ length: COUNT }, (_, index) => `t${String(COUNT - 1 - index)}`),
      'large',
    ]);

    // Many at once, too, and a retry behind all of them.
    const many = await Promise.all(
      Array.from({ length: 8 }, () => post(url, wire.listItems('large', { limit: 100, order: 'asc' }))),
    );
    for (const reply of many) expect(reply.json['data']).toHaveLength(1);
    expect((await post(url, wire.retry('large', 'm0'))).types.at(-1)).toBe('thread.item.done');
    expect((await post(url, wire.getThread('large'))).json['items'].data).toHaveLength(2);
    expect((await child.ask('report')).accidents).toEqual([]);
  }, 120_000);
});

test('calls of client tools are found among large items, and behind large calls', async () => {
  const chat = await serveChat({ controllers: [Controller] });
  const threadId = await chat.newThread();
  const call = async (id: string, status: 'pending' | 'completed', output?: string): Promise<void> => {
    const item = {
      id,
      thread_id: threadId,
      created_at,
      type: 'client_tool_call',
      status,
      call_id: id,
    } as const;
    const all = { ...item, name: 'locate', arguments: {}, output };
    await chat.store.saveItem(scope, all, JSON.stringify(all));
  };
  await call('older', 'pending');
  await call('newer', 'pending');
  for (let index = 0; index < 3; index += 1) await fill(chat.store, threadId, `m${String(index)}`, 3 * MIB);
  await chat.post(wire.toolOutput(threadId, 1));
  const found = async (id: string) => (await chat.items(threadId)).find((item) => item.id === id);
  expect([await found('newer'), await found('older')]).toMatchObject([{ status: 'completed' }, undefined]);

  await call('far', 'pending');
  for (let index = 0; index < 25; index += 1) await fill(chat.store, threadId, `n${String(index)}`, 10);
  for (let index = 0; index < 3; index += 1)
    await call(`c${String(index)}`, 'completed', 'x'.repeat(3 * MIB));
  await chat.post(wire.toolOutput(threadId, 2));
  expect(await found('far')).toMatchObject({ status: 'completed', output: 2 });
});

describe.each(Object.entries(ADAPTERS))('through %s', (_, adapter) => {
  const serve = async (sizes: readonly number[]): Promise<[chat: TestChat, threadId: string]> => {
    const chat = await serveChat({ controllers: [Controller] }, adapter);
    const threadId = await chat.newThread();
    for (const [index, size] of sizes.entries()) await fill(chat.store, threadId, `m${String(index)}`, size);
    return [chat, threadId];
  };

  test('a large page comes whole, in pieces', async () => {
    const [chat, threadId] = await serve([300_000, 10, 500_000, 1_000_000, 10]);
    for (const request of [wire.listItems(threadId, { order: 'asc' }), wire.getThread(threadId)]) {
      const reply = await chat.post(request);
      expect([reply.status, reply.headers.get('content-length')]).toEqual([200, null]);
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
      const page = (reply.json['items'] ?? reply.json) as { data: unknown[]; has_more: boolean };
      expect([page.data, page.has_more]).toEqual([await chat.items(threadId), false]);
    }
  });

  test('a small page has its length told', async () => {
    const [chat, threadId] = await serve([10, 10]);
    for (const request of [wire.listItems(threadId), wire.getThread(threadId), wire.listThreads()]) {
      const reply = await chat.post(request);
      expect(reply.json).toBeDefined();
      if (reply.headers.get('transfer-encoding') !== 'chunked') {
        expect(reply.headers.get('content-length')).toBe(String(Buffer.byteLength(reply.text)));
      }
    }
  });
});

test('a client that leaves amid a large page is no error, and others are served', async () => {
  const chat = await serveChat({ controllers: [Controller] });
  const threadId = await chat.newThread();
  for (let index = 0; index < 7; index += 1) await fill(chat.store, threadId, `m${String(index)}`, 500_000);
  const raw = await RawSocket.open(chat.url);
  raw.request(JSON.stringify(wire.listItems(threadId)));
  raw.socket.once('readable', () => raw.hangUp());
  await until(() => raw.closed, 'the connection to be closed');
  expect((await chat.post(wire.listItems(threadId))).json['data']).toHaveLength(9);
  expect(chat.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test.each(['node:http', 'fetch'])(
  'a page that %s cannot write to its end breaks off, and the log says why',
  async (name) => {
    const chat = await serveChat({ controllers: [Controller] }, ADAPTERS[name]);
    const threadId = await chat.newThread();
    const broken = {
      id: 'broken',
      thread_id: threadId,
      created_at,
      type: 'widget' as const,
      widget: { type: 'Card', children: [] },
    };
    const { listItems } = chat.store;
    chat.store.listItems = async (...args) => {
      const page = await listItems.apply(chat.store, args);
      const data = Object.assign(broken, {
        widget: {
          toJSON() {
            throw new Error('no text');
          },
        },
      });
      return { ...page, data: [...page.data, data] };
    };
    expect((await chat.post(wire.listItems(threadId))).status).toBe(500); // nothing was sent yet
    for (let index = 0; index < 3; index += 1) await fill(chat.store, threadId, `m${String(index)}`, 500_000);
    await expect(chat.post(wire.listItems(threadId))).rejects.toThrow();
    expect(chat.logger.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { details: { code: 'not_json' } },
      { message: 'a response could not be written' },
    ]);
  },
);
