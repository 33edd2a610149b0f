import fc from 'fast-check';
import { MemoryStore } from '../../src/stores';
import type { Store } from '../../src/store';
import { interfere } from '../support/failing-store';
import * as wire from '../support/requests';
import { ADAPTERS } from '../support/adapters';
import { Latch } from '../support/wait';
import { carriedIds, expectNothingLost } from './after-crashes';
import { BYTES, put, scopeOf, serveFiles, uploadUrl, type FileChat } from './support';

const node = ADAPTERS['node:http'];
const TWO_DAYS = 48 * 3_600_000;

/** An attachment that was announced two days ago, and uploaded. */
async function oldAttachment(chat: FileChat) {
  const now = Date.now();
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now - TWO_DAYS);
  const announced = await chat.announce().finally(() => clock.mockRestore());
  expect((await put(announced)).status).toBe(200);
  return announced;
}

/** Does all of `first`, and all of `second` just before one call to the store that the first makes. */
async function meanwhile(
  doFirst: (chat: FileChat, id: string) => Promise<unknown>,
  doSecond: (chat: FileChat, id: string) => Promise<unknown>,
): Promise<{ points: number; carried: number }> {
  let carried = 0;
  for (let point = 1; ; point += 1) {
    let calls = -Infinity;
    let second: () => Promise<unknown> = () => Promise.resolve();
    const store = interfere(new MemoryStore(), (_, proceed) => {
      calls += 1;
      return calls === point ? second().then(proceed) : proceed();
    });
    const chat = await serveFiles(node, { expiresInMs: 2 * TWO_DAYS, keepUnsentMs: 2 * TWO_DAYS }, { store });
    const attachment = await oldAttachment(chat);
    second = () => doSecond(chat, attachment.id);
    calls = 0;
    await doFirst(chat, attachment.id);
    if (calls < point) return { points: point - 1, carried };
    calls = -Infinity;
    carried += (await carriedIds(chat)).length;
    await expectNothingLost(chat, [attachment]);
  }
}

const cleanUp = (chat: FileChat) => {
  const app = chat.app as unknown as { cleanUpAttachments(options: object): Promise<number> };
  return app.cleanUpAttachments({ olderThanMs: TWO_DAYS / 2 });
};
const sendMessage = (chat: FileChat, id: string) => chat.post(wire.create('Look', { attachments: [id] }));

test('a message that is sent during a cleanup carries its file, or is refused', async () => {
  const { points, carried } = await meanwhile(cleanUp, sendMessage);
  expect(points).toBeGreaterThan(3);
  expect(carried).toBeGreaterThan(0);
  expect(carried).toBeLessThan(points);
});

test('a cleanup that is done while a message is sent leaves its file, or the message is refused', async () => {
  const { points, carried } = await meanwhile(sendMessage, cleanUp);
  expect(points).toBeGreaterThan(8);
  expect(carried).toBeGreaterThan(0);
  expect(carried).toBeLessThan(points);
});

test('an upload that ends while its message is stored takes nothing from either', async () => {
  for (const swapped of [false, true]) {
    for (let point = 1; ; point += 1) {
      let calls = -Infinity;
      let second: () => Promise<unknown> = () => Promise.resolve();
      const store = interfere(new MemoryStore(), (_, proceed) => {
        calls += 1;
        return calls === point ? second().then(proceed) : proceed();
      });
      const chat = await serveFiles(node, {}, { store });
      const announced = await chat.announce();
      const works = [() => put(announced), () => sendMessage(chat, announced.id)];
      const [first, other] = swapped ? works.reverse() : works;
      second = other!;
      calls = 0;
      await first!();
      if (calls < point) break;
      calls = -Infinity;
      expect(await carriedIds(chat)).toEqual([announced.id]);
      const { upload_descriptor, thread_id } = await chat.record(announced.id);
      expect([upload_descriptor, thread_id]).toEqual([undefined, expect.any(String)]);
      await expectNothingLost(chat, [announced]);
    }
  }
});

describe('of several uploads to one link', () => {
  /** A store whose calls take their turns in an order that is drawn. */
  function scheduled(store: Store, turns: readonly number[]): Store {
    let call = 0;
    return interfere(store, async (_, proceed) => {
      for (let turn = turns[(call += 1) % turns.length]!; turn > 0; turn -= 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      return proceed();
    });
  }

  test('exactly one succeeds, be they the same, and through however many servers', async () => {
    const body = fc.constantFrom('a', 'b').map((letter) => Buffer.alloc(BYTES.length, letter));
    await fc.assert(
      fc.asyncProperty(
        fc.array(body, { minLength: 2, maxLength: 5 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 }),
        async (bodies, turns) => {
          const store = scheduled(new MemoryStore(), turns);
          const one = await serveFiles(node, {}, { store });
          const other = await serveFiles(node, { directory: one.directory }, { store });
          const announced = await one.announce();
          const { pathname, search } = uploadUrl(announced);
          const answers = await Promise.all(
            bodies.map(async (bytes, index) => {
              const to = new URL(pathname + search, [one, other][index % 2]!.url);
              return { bytes, status: (await put(to, bytes)).status };
            }),
          );
          const winners = answers.filter(({ status }) => status === 200);
          expect(winners).toHaveLength(1);
          expect(answers.filter(({ status }) => status === 409)).toHaveLength(bodies.length - 1);
          const file = await one.files.read(scopeOf('alice'), announced.id);
          expect(await file.bytes()).toEqual(winners[0]!.bytes);
          expect(one.kept()).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('exactly one succeeds, if both find the record open and the bytes there', async () => {
    const bothSave = new Latch();
    let saves = -Infinity;
    const store = interfere(new MemoryStore(), ({ method }, proceed) => {
      if (method !== 'patchAttachment' || (saves += 1) < 1) return proceed();
      if (saves === 2) bothSave.open();
      return bothSave.opened.then(proceed);
    });
    const chat = await serveFiles(node, {}, { store });
    const announced = await chat.announce();
    saves = 0;
    const answers = await Promise.all([put(announced), put(announced)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await chat.record(announced.id)).upload_descriptor).toBeUndefined();
  });
});
