import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  assistantMessage,
  ChatController,
  OnAction,
  OnMessage,
  replace,
  widget,
  type ChatContext,
} from '../../src';
import { SqliteStore } from '../../src/stores/sqlite';
import { connect } from '../stores/sqlite/connect';
import { serveChat, threadIdOf, type TestChat } from '../support/chat';
import { Child } from '../support/child';
import { afterThisTest } from '../support/cleanup';
import * as wire from '../support/requests';
import { mountSmallDisk } from '../support/small-disk';

const calls: string[] = [];
beforeEach(() => void calls.splice(0));

@ChatController()
class Controller {
  @OnMessage()
  *reply() {
    yield widget({ type: 'Card', children: [{ type: 'Button', onClickAction: { type: 'pay' } }] });
    for (const word of ['one', 'two', 'three']) yield assistantMessage(word);
  }

  @OnAction('pay', { once: true, payload: 'unchecked' })
  pay() {
    calls.push('pay');
    return assistantMessage('Paid.');
  }

  @OnAction('mark', { sync: true, payload: 'unchecked' })
  mark(_: unknown, ctx: ChatContext) {
    return replace(ctx.sender, { type: 'Card', children: [{ type: 'Text', value: 'Marked' }] });
  }
}

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-http-'));
  afterThisTest(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function serve(file: string, busyTimeoutMs = 60_000): Promise<TestChat> {
  const store = new SqliteStore(file, { busyTimeoutMs });
  afterThisTest(() => store.close());
  return serveChat({ controllers: [Controller], store });
}

/** A thread with a widget in it, by its id and the widget's. */
async function begin(chat: TestChat): Promise<[threadId: string, widgetId: string]> {
  const threadId = threadIdOf(await chat.post(wire.create()));
  const sender = (await chat.items(threadId)).find(({ type }) => type === 'widget');
  if (sender === undefined) throw new Error('No widget was stored.');
  return [threadId, sender.id];
}

test('on a full disk no client is told of what is not stored, and a button for one use stays unused', async () => {
  const disk = mountSmallDisk(newDirectory());
  if (disk === undefined) return;
  afterThisTest(() => disk.unmount());
  const file = join(disk.directory, 'chat.db');
  const chat = await serve(file);
  const [threadId, widgetId] = await begin(chat);
  const before = await chat.items(threadId);
  const log = connect(file);
  await setImmediate(); // what was read in this turn holds the log
  log.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // or there is room in the log that is there
  log.close();

  disk.fill();
  for (let attempt = 0; attempt < 5; attempt++) {
    expect(await chat.post(wire.act(threadId, widgetId, 'pay'))).toMatchObject({ status: 500, events: [] });
  }
  expect(calls).toEqual([]);
  expect(await chat.post(wire.actSync(threadId, widgetId, 'mark'))).toMatchObject({ status: 500 });
  expect(await chat.post(wire.rename(threadId, 'New'))).toMatchObject({ status: 500 });
  const said = await chat.post(wire.say(threadId));
  expect(said.events.filter(({ type }) => type.startsWith('thread.item'))).toEqual([]);
  expect(await chat.items(threadId)).toEqual(before);

  disk.empty();
  await chat.post(wire.act(threadId, widgetId, 'pay'));
  await chat.post(wire.act(threadId, widgetId, 'pay'));
  expect(calls).toEqual(['pay']);
  const { events } = await chat.post(wire.say(threadId));
  const told = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item.id] : []));
  const stored = (await chat.items(threadId)).map(({ id }) => id);
  expect(told).toHaveLength(5);
  expect(stored).toEqual(expect.arrayContaining(told));
});

test('of requests whose writes are committed together, none is told of what a full disk did not take', async () => {
  const disk = mountSmallDisk(newDirectory());
  if (disk === undefined) return;
  afterThisTest(() => disk.unmount());
  const file = join(disk.directory, 'chat.db');
  const chat = await serve(file);
  const log = connect(file);
  const threads: string[] = [];
  for (let count = 0; count < 3; count++) {
    threads.push((await begin(chat))[0]);
    await setImmediate(); // what was read in this turn holds the log
    log.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // the disk is small, and a log that is there has room
  }
  log.close();
  const stored = () => Promise.all(threads.map((id) => chat.items(id)));
  const sayAtOnce = () => Promise.all(threads.map((id) => chat.post(wire.say(id))));
  const before = await stored();

  disk.fill();
  for (const reply of await sayAtOnce()) expect(reply).toMatchObject({ status: 500, events: [] });
  expect(await stored()).toEqual(before);

  disk.empty();
  const told = await sayAtOnce();
  const after = await stored();
  for (const [index, { events }] of told.entries()) {
    const ids = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item.id] : []));
    expect(ids).toHaveLength(5);
    expect(after[index]?.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  }
});

describe('while another process holds the write lock', () => {
  const hold = async (file: string): Promise<Child<string>> => {
    const other = Child.start<string>('stores/sqlite/lock-holder.ts', [file]);
    await other.next();
    await other.ask('BEGIN IMMEDIATE');
    return other;
  };

  test('requests that read are answered, and those that write once it is free', async () => {
    const file = join(newDirectory(), 'chat.db');
    const chat = await serve(file);
    const [threadId, widgetId] = await begin(chat);
    const other = await hold(file);
    const answered: string[] = [];
    const marking = chat.post(wire.actSync(threadId, widgetId, 'mark')).then((reply) => {
      answered.push('mark');
      return reply;
    });
    expect(await chat.post(wire.listThreads())).toMatchObject({ status: 200 });
    expect(await chat.post(wire.getThread(threadId))).toMatchObject({ status: 200 });
    expect(answered).toEqual([]);
    await other.ask('COMMIT');
    expect(await marking).toMatchObject({ status: 200 });
    expect(JSON.stringify(await chat.items(threadId))).toContain('Marked');
  });

  test('requests that have waited too long are told to try again, and the log says why', async () => {
    const file = join(newDirectory(), 'chat.db');
    const chat = await serve(file, 20);
    const [threadId, widgetId] = await begin(chat);
    const before = await chat.items(threadId);
    const other = await hold(file);
    const renamed = await chat.post(wire.rename(threadId, 'New'));
    expect(renamed).toMatchObject({ status: 503, json: { error: { code: 'store_busy' } } });
    expect(renamed.headers.get('retry-after')).toBe('1');
    expect(await chat.post(wire.act(threadId, widgetId, 'pay'))).toMatchObject({
      status: 503,
      json: { error: { code: 'store_busy' } },
    });
    expect(calls).toEqual([]);
    expect(await chat.items(threadId)).toEqual(before);
    const logged = chat.logger.lines.filter(({ level }) => level === 'error');
    expect(logged.length).toBeGreaterThanOrEqual(2);
    for (const { details } of logged) {
      expect(details['err']).toHaveProperty('cause.message', expect.stringContaining('held the lock'));
    }
    await other.ask('COMMIT');
    expect(await chat.post(wire.rename(threadId, 'New'))).toMatchObject({ status: 200 });
  });
});
