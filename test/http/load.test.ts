import type { ThreadStreamEvent } from '../../src/protocol';
import { textOf, threadIdOf } from '../support/chat';
import { Child } from '../support/child';
import { open, post } from '../support/client';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { pause, until } from '../support/wait';
import type { Handlers } from './processes/handlers';
import type { Report } from './processes/server';

const MIB = 1024 * 1024;

async function start() {
  const child = Child.start<Report>('http/processes/server.ts');
  const { url } = await child.next();
  return { url, report: () => child.ask('report') };
}

test('a client that reads nothing holds up its own handler alone, and no memory fills', async () => {
  const { url, report } = await start();
  await post(url, wire.create('hello you'));
  const idle = await report();

  const raw = await RawSocket.open(url);
  raw.request(JSON.stringify(wire.create('flood')));
  await until(async () => (await report()).yielded > 0);
  let before = await report();
  await until(async () => {
    const now = await report();
    const halted = now.yielded === before.yielded;
    before = now;
    return halted;
  }, 'the handler to be held up');
  expect(before.yielded).toBeLessThan(20_000);
  expect(before.heap - idle.heap).toBeLessThan(16 * MIB);

  // Meanwhile a second stream and a timer run.
  const second = await post(url, wire.create('ticks second'));
  expect(second.events.filter(({ type }) => type === 'progress_update')).toHaveLength(45);
  const busy = await report();
  expect(busy.ticks - before.ticks).toBeGreaterThan(10);
  expect(busy.yielded).toBe(before.yielded);

  raw.hangUp();
  await until(async () => (await report()).stopped === 1);
  const after = await report();
  expect(after.stoppedAfter).toBeLessThan(1000);
  expect(after.heap - idle.heap).toBeLessThan(8 * MIB);
  expect(after.accidents).toEqual([]);
  expect(after.logged).toEqual([]);
});

test('a flood that is read does not starve other streams and timers', async () => {
  const { url, report } = await start();
  const idle = await report();
  const raw = await RawSocket.open(url);
  raw.socket.resume(); // reads as fast as it can
  raw.request(JSON.stringify(wire.create('flood')));
  await until(async () => (await report()).yielded > 1000);
  const before = await report();
  const second = await post(url, wire.create('ticks second'));
  expect(second.types.at(-1)).toBe('thread.item.done');
  const after = await report();
  expect(after.ticks).toBeGreaterThan(before.ticks + 5);
  expect(after.heap - idle.heap).toBeLessThan(32 * MIB);
  raw.hangUp();
  await until(async () => (await report()).stopped === 1);
  expect((await report()).accidents).toEqual([]);
});

test('a handler that hangs for ever is abandoned, logged, and its thread is free', async () => {
  const { url, report } = await start();
  const stream = await open(url, wire.create('hang'));
  await stream.until(({ type }) => type === 'progress_update');
  stream.leave();
  const next = await post(url, wire.say(threadIdOf(stream), 'hello again'));
  expect(next.types).toEqual(['thread.item.done', 'stream_options', 'thread.item.done']);
  const { logged, accidents } = await report();
  expect(logged).toEqual(['a handler did not stop and was abandoned']);
  expect(accidents).toEqual([]);
});

test('a handler whose finally throws is logged, and its thread is free', async () => {
  const { url, report } = await start();
  const stream = await open(url, wire.create('finally'));
  await stream.until(({ type }) => type === 'progress_update');
  stream.leave();
  await until(async () => (await report()).stopped === 1);
  const next = await post(url, wire.say(threadIdOf(stream), 'hello again'));
  expect(next.types.at(-1)).toBe('thread.item.done');
  const { logged, accidents } = await report();
  expect(logged).toEqual(['a handler threw while it was being stopped']);
  expect(accidents).toEqual([]);
});

test('five hundred streams at once are all complete and correct, and leave no memory behind', async () => {
  const { url, report } = await start();
  const round = async (): Promise<void> => {
    const replies = await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const name = `s${String(index)}`;
        return { name, events: (await post(url, wire.create(`ticks ${name}`))).events };
      }),
    );
    for (const { name, events } of replies) {
      expect(events.slice(0, 3).map(({ type }) => type)).toEqual([
        'thread.created',
        'thread.item.done',
        'stream_options',
      ]);
      expect(events.slice(3).map(textIn)).toEqual(
        Array.from({ length: 50 }, (_, index) => `${name} ${String(index)}`),
      );
      await post(url, wire.deleteThread(threadIdOf({ events })));
    }
  };
  await round(); // code is compiled, buffers are made
  const before = await report();
  await round();
  await round();
  const after = await report();
  expect(after.heap - before.heap).toBeLessThan(4 * MIB);
  expect(after.accidents).toEqual([]);
  expect(after.logged).toEqual([]);
}, 60_000);

test('clients that come and go at random leave nothing behind', async () => {
  const { url, report } = await start();
  const body = JSON.stringify(wire.create('ticks x'));
  const round = async (): Promise<void> => {
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const raw = await RawSocket.open(url);
        const part = index % 4 === 0 ? body.slice(0, index % body.length) : body;
        if (index % 2 === 0) raw.read();
        raw.request(part, { 'content-length': body.length });
        await pause(index * 3);
        raw.hangUp();
      }),
    );
  };
  await round();
  const before = await report();
  await round();
  await round();
  await until(async () => (await report()).heap - before.heap < 4 * MIB, 'memory to be given back');
  expect((await report()).accidents).toEqual([]);
  expect((await post(url, wire.create('hello you'))).status).toBe(200);
});

test('a handler may pass its signal to as many tasks as it likes', async () => {
  const { url, report } = await start();
  const { events } = await post(url, wire.create('signal'));
  expect(textOf(events.map((event) => ('item' in event ? event.item : undefined)).at(-1))).toBe('All done.');
  expect((await report()).accidents).toEqual([]);
});

test('many requests over one connection leave no listeners behind', async () => {
  const { url, report } = await start();
  const raw = (await RawSocket.open(url)).read();
  const refused = JSON.stringify(['x'.repeat(100_000)]);
  for (let round = 1; round <= 20; round += 1) {
    raw.request(JSON.stringify(wire.create('hello you')));
    raw.request(refused, { 'content-type': 'text/plain' }); // its body is read over
    raw.request(JSON.stringify(wire.listThreads()));
    await until(() => raw.received.match(/HTTP\/1\.1 \d/g)?.length === 3 * round, 'three answers');
  }
  expect(raw.received.match(/HTTP\/1\.1 415 /g)).toHaveLength(20);
  expect((await report()).accidents).toEqual([]);
});

test('importing the package installs no handlers on the process', async () => {
  const { before, after } = await Child.start<Handlers>('http/processes/handlers.ts').next();
  // The loader of TypeScript takes one of its own away meanwhile.
  const added = Object.entries(after).filter(([name, count]) => count > (before[name] ?? 0));
  expect(added).toEqual([]);
});

function textIn(event: ThreadStreamEvent): string {
  if (event.type === 'progress_update') return event.text;
  return event.type === 'thread.item.done' ? textOf(event.item) : event.type;
}
