import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assistantMessage, ChatController, createChatKit, MemoryStore, OnMessage } from '../../src';
import { DiskAttachmentStore } from '../../src/stores/disk-attachments';
import { SqliteStore } from '../../src/stores/sqlite';
import { connect } from '../stores/sqlite/connect';
import { serveChat } from '../support/chat';
import { Child } from '../support/child';
import { afterThisTest } from '../support/cleanup';
import { ADAPTERS } from '../support/adapters';
import { interfere } from '../support/failing-store';
import { RecordingLogger } from '../support/logger';
import * as wire from '../support/requests';
import { pause, until } from '../support/wait';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const ORIGIN = 'https://shop.example';

function newFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-starting-'));
  afterThisTest(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'chat.db');
}

/** Holds the write lock of a file from another process. */
async function hold(file: string): Promise<Child<string>> {
  const other = Child.start<string>('stores/sqlite/lock-holder.ts', [file]);
  await other.next();
  await other.ask('BEGIN IMMEDIATE');
  return other;
}

/** A file as a server before has left it, or one that is new. */
const FILES: [what: string, make: (file: string) => void][] = [
  ['a new file', (file) => connect(file).exec('PRAGMA journal_mode = WAL')],
  ['a file that is up to date', (file) => new SqliteStore(file).close()],
];

describe.each(Object.entries(ADAPTERS))('through %s', (_, adapter) => {
  test.each(FILES)(
    'while another process holds the lock of %s, requests are told when to try again; then all goes on',
    async (__, make) => {
      const file = newFile();
      make(file);
      const other = await hold(file);
      const store = new SqliteStore(file, { busyTimeoutMs: 20 });
      afterThisTest(() => store.close());
      const cors = { origins: [ORIGIN] };
      const chat = await serveChat({ controllers: [Controller], store, cors }, adapter);
      const app = chat.app as unknown as { ready(): Promise<void> };
      await expect(app.ready()).rejects.toMatchObject({ code: 'store_busy' });

      for (const request of [wire.create(), wire.listThreads()]) {
        const reply = await chat.post(request, { headers: { origin: ORIGIN } });
        expect([reply.status, reply.json['error'].code]).toEqual([503, 'not_ready']);
        expect(reply.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
        expect(reply.headers.get('access-control-expose-headers')).toContain('retry-after');
      }
      const failures = chat.logger.lines.filter(({ level }) => level === 'error');
      expect(failures[0]).toMatchObject({ message: 'the store could not be started' });

      await other.ask('COMMIT');
      await until(async () => (await chat.post(wire.listThreads())).status === 200, 'the chat to be ready');
      await app.ready();
      expect((await chat.post(wire.create())).types.at(-1)).toBe('thread.item.done');
    },
  );
});

test('requests that come during the first try wait for it', async () => {
  const file = newFile();
  new SqliteStore(file).close();
  const other = await hold(file);
  const store = new SqliteStore(file, { busyTimeoutMs: 60_000 });
  afterThisTest(() => store.close());
  const chat = await serveChat({ controllers: [Controller], store });
  const answers = [wire.create(), wire.listThreads()].map((request) => chat.post(request));
  await other.ask('COMMIT');
  for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  expect(chat.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('what is to be done at startup is done when a later try succeeds, and once', async () => {
  let failures = 2;
  const inner = new MemoryStore();
  const store = interfere(inner, ({ method }, proceed) => {
    // The lease is the last but one step.
    if (method === 'putValue' && (failures -= 1) >= 0) throw new Error('the database is away');
    return proceed();
  });
  const migrated = jest.spyOn(inner.admin, 'migrate');
  const cleanedUp = jest.spyOn(DiskAttachmentStore.prototype, 'cleanUpLeftovers');
  afterThisTest(() => jest.restoreAllMocks());
  const attachmentStore = new DiskAttachmentStore({
    directory: join(newFile(), '..'),
    secret: 'x'.repeat(32),
    baseUrl: 'http://localhost/chatkit',
  });
  const chat = await serveChat({ controllers: [Controller], store, attachmentStore });
  const app = chat.app as unknown as { ready(): Promise<void> };
  await expect(app.ready()).rejects.toThrow('the database is away');
  expect(cleanedUp).not.toHaveBeenCalled();
  await until(() => cleanedUp.mock.calls.length > 0, 'the cleanup');
  await app.ready();
  expect(migrated).toHaveBeenCalledTimes(3);
  expect(cleanedUp).toHaveBeenCalledTimes(1);
  const pauses = chat.logger.lines.flatMap(({ level, details }) =>
    level === 'error' ? [details['retryInMs']] : [],
  );
  expect(pauses).toEqual([500, 1000]);
});

test('a chat that is closed tries no more', async () => {
  const store = new MemoryStore();
  const migrate = jest.spyOn(store.admin, 'migrate').mockImplementation(() => {
    throw new Error('the database is away');
  });
  jest.useFakeTimers();
  afterThisTest(() => jest.useRealTimers());
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const app = createChatKit({ controllers: [Controller], store, owner: 'shared', logger });
  await expect(app.ready()).rejects.toThrow('away');
  await jest.advanceTimersByTimeAsync(600);
  expect(migrate).toHaveBeenCalledTimes(2);
  const closing = app.close();
  await jest.advanceTimersByTimeAsync(100_000);
  await closing;
  expect(migrate).toHaveBeenCalledTimes(2);
});

test('a chat that is closed while it starts does nothing afterwards', async () => {
  const calls: string[] = [];
  const store = interfere(new MemoryStore(), async ({ method }, proceed) => {
    calls.push(method);
    await pause(20);
    return proceed();
  });
  const attachmentStore = new DiskAttachmentStore({
    directory: join(newFile(), '..'),
    secret: 'x'.repeat(32),
    baseUrl: 'http://localhost/chatkit',
  });
  const logger = new RecordingLogger();
  const app = createChatKit({ controllers: [Controller], store, attachmentStore, owner: 'shared', logger });
  await app.close();
  const before = calls.length;
  expect(calls.at(-1)).toBe('deleteValue'); // its lease
  await pause(80);
  expect(calls).toHaveLength(before);
  expect(logger.messages('warn')).toEqual([]);
});
