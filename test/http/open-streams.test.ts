import { threadIdOf } from '../support/chat';
import { Child } from '../support/child';
import { open, post, type OpenStream } from '../support/client';
import * as wire from '../support/requests';
import type { Report } from './processes/open-streams';

const MB = 1_000_000;
const BIG = 'x'.repeat(MB - 10); // a text may hold a million characters

/** Requests of a megabyte whose streams stay open, and how often each is to be held meanwhile. */
const REQUESTS: Record<string, { times: number; request: (url: string) => Promise<wire.Wire> }> = {
  // Handlers have the message and the action at hand while they run: once, as it was parsed.
  messages: { times: 1, request: async () => wire.create(`hang ${BIG}`) },
  actions: {
    times: 1,
    request: async (url) =>
      wire.act(threadIdOf(await post(url, wire.create('start'))), undefined, 'hang', { text: BIG }),
  },
  // These are stored, and that is all.
  'outputs of tools': {
    times: 0,
    request: async (url) => wire.toolOutput(threadIdOf(await post(url, wire.create('tool'))), { text: BIG }),
  },
  answers: {
    times: 0,
    request: async (url) => {
      const asked = await post(url, wire.create('ask'));
      const item = asked.events.find((event) => event.type === 'thread.item.done' && 'inputs' in event.item);
      return wire.answer(threadIdOf(asked), (item as { item: { id: string } }).item.id, {
        status: 'answered',
        answers: { a: { values: [BIG], skipped: false } },
      });
    },
  },
};

async function start(adapter: string) {
  const child = Child.start<Report>('http/processes/open-streams.ts');
  await child.next();
  const { url } = await child.ask(adapter);
  return { url, report: () => child.ask('report'), letGo: () => child.ask('let go') };
}

async function openStream(url: string, request: wire.Wire): Promise<OpenStream> {
  const stream = await open(url, request);
  await stream.until(({ type }) => type === 'progress_update');
  return stream;
}

describe.each(['node:http', 'Express 5', 'fetch'])('through %s', (adapter) => {
  test('open streams hold nothing of the bodies that began them but what handlers may ask for', async () => {
    const { url, report, letGo } = await start(adapter);
    const count = adapter === 'node:http' ? 50 : 20;
    for (const [name, { times, request }] of Object.entries(REQUESTS)) {
      const streams: OpenStream[] = [];
      for (let index = 0; index < count; index += 1) streams.push(await openStream(url, await request(url)));
      const during = await report();
      expect(during.open).toBe(count);
      await letGo();
      await Promise.all(streams.map((stream) => stream.end()));
      // What is stored stays; what is given back was held by the streams.
      const held = during.held - (await report()).held;
      expect({ name, perStream: Math.round((held / count / MB) * 4) / 4 }).toEqual({
        name,
        perStream: times,
      });
    }
  }, 120_000);

  test('requests that wait for their thread hold what they were sent once', async () => {
    const { url, report, letGo } = await start(adapter);
    const first = await openStream(url, wire.create('hang'));
    const threadId = threadIdOf(first);
    const before = await report();
    const streams: OpenStream[] = [];
    for (let index = 0; index < 16; index += 1) {
      streams.push(await open(url, wire.say(threadId, `start ${BIG}`)));
    }
    const { held } = await report();
    expect((held - before.held) / streams.length / MB).toBeLessThan(1.25);
    await letGo();
    await Promise.all([first, ...streams].map((stream) => stream.end()));
  }, 60_000);
});
