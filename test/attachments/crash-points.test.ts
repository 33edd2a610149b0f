import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import type { Store } from '../../src/store';
import { interfere, slow } from '../support/failing-store';
import * as wire from '../support/requests';
import { ADAPTERS } from '../support/adapters';
import { cleanUpLater, expectNothingLost, expectUploadMadeGood } from './after-crashes';
import { put, serveFiles, type FileChat } from './support';

const STORES: [string, () => Store][] = [
  ['MemoryStore', () => new MemoryStore()],
  ['SqliteStore', () => new SqliteStore(':memory:')],
  ['a store that takes its time', () => slow(new MemoryStore())],
];

/** How a call goes wrong: whether it is carried out, and whether those after it are. */
const WAYS = [
  ['fails', { done: false, once: true }],
  ['is carried out and fails', { done: true, once: true }],
  ['is the first after the end of the process', { done: false, once: false }],
  ['is the last before the end of the process', { done: true, once: false }],
] as const;

type Way = (typeof WAYS)[number][1];

/** A store whose calls go wrong, from the one that is asked for. */
function mortal(store: Store, { done, once }: Way) {
  const state = { calls: 0, wrongAt: Infinity };
  const failing = interfere(store, (_, proceed) => {
    state.calls += 1;
    const isThis = state.calls === state.wrongAt;
    if (!isThis && (once || state.calls < state.wrongAt)) return proceed();
    const result = isThis && done ? proceed() : undefined;
    const fail = (): never => {
      throw new Error('The store has failed.');
    };
    return result instanceof Promise ? result.then(fail) : fail();
  });
  return {
    store: failing,
    /** Lets the call of this number go wrong during some work; tells whether it came to it. */
    async during(wrongAt: number, work: () => Promise<unknown>): Promise<boolean> {
      Object.assign(state, { calls: 0, wrongAt });
      await work();
      const reached = state.calls >= wrongAt;
      state.wrongAt = Infinity;
      return reached;
    },
  };
}

/** Goes through every call that some work makes. */
async function atEachCall(
  create: () => Store,
  way: Way,
  prepare: (chat: FileChat) => Promise<() => Promise<unknown>>,
  check: (chat: FileChat) => Promise<void>,
): Promise<number> {
  for (let call = 1; ; call += 1) {
    const { store, during } = mortal(create(), way);
    const chat = await serveFiles(ADAPTERS['node:http'], {}, { store, cancelGrace: 20 });
    const work = await prepare(chat);
    const reached = await during(call, async () => {
      await work();
      await chat.close({ timeoutMs: 1000 }); // until all is quiet
    });
    if (!reached) return call - 1;
    await check(await serveFiles(ADAPTERS['node:http'], { directory: chat.directory }, { store }));
  }
}

describe.each(STORES)('with %s, where a call', (_, create) => {
  describe.each(WAYS)('%s', (__, way) => {
    test('no file that a message carries is lost, and others go', async () => {
      let sent: Awaited<ReturnType<FileChat['announce']>>[] = [];
      const calls = await atEachCall(
        create,
        way,
        async (chat) => {
          sent = [await chat.announce('a.png'), await chat.announce('b.png')];
          for (const attachment of sent) await put(attachment);
          const attachments = sent.map(({ id }) => id);
          return () => chat.post(wire.create('Look', { attachments }));
        },
        (chat) => expectNothingLost(chat, sent),
      );
      expect(calls).toBeGreaterThan(8);
    });

    test('a message that is sent once more carries its file', async () => {
      let sent: Awaited<ReturnType<FileChat['announce']>>;
      await atEachCall(
        create,
        way,
        async (chat) => {
          sent = await chat.announce();
          await put(sent);
          return () => chat.post(wire.create('Look', { attachments: [sent.id] }));
        },
        async (chat) => {
          const { types } = await chat.post(wire.create('Look again', { attachments: [sent.id] }));
          expect(types).toContain('thread.item.done');
          await expectNothingLost(chat, [sent]);
        },
      );
    });

    test('an upload can be made good', async () => {
      let announced: Awaited<ReturnType<FileChat['announce']>>;
      const calls = await atEachCall(
        create,
        way,
        async (chat) => {
          announced = await chat.announce();
          return () => put(announced);
        },
        (chat) => expectUploadMadeGood(chat, announced),
      );
      expect(calls).toBeGreaterThan(2);
    });

    test('an upload that nobody makes good is cleaned up', async () => {
      let announced: Awaited<ReturnType<FileChat['announce']>>;
      await atEachCall(
        create,
        way,
        async (chat) => {
          announced = await chat.announce();
          return () => put(announced);
        },
        (chat) => expectNothingLost(chat, [announced]),
      );
    });

    test('a cleanup that breaks off can be done again', async () => {
      let sent: Awaited<ReturnType<FileChat['announce']>>;
      let unsent: typeof sent;
      const calls = await atEachCall(
        create,
        way,
        async (chat) => {
          sent = await chat.announce();
          unsent = await chat.announce();
          for (const each of [sent, unsent]) await put(each);
          await chat.post(wire.create('Look', { attachments: [sent.id] }));
          return () => cleanUpLater(chat);
        },
        (chat) => expectNothingLost(chat, [sent, unsent]),
      );
      expect(calls).toBeGreaterThan(3);
    });

    test('a deletion by the client that breaks off is finished', async () => {
      let sent: Awaited<ReturnType<FileChat['announce']>>;
      let unsent: typeof sent;
      await atEachCall(
        create,
        way,
        async (chat) => {
          sent = await chat.announce();
          unsent = await chat.announce();
          for (const each of [sent, unsent]) await put(each);
          await chat.post(wire.create('Look', { attachments: [sent.id] }));
          return () => chat.post(wire.discard(unsent.id));
        },
        (chat) => expectNothingLost(chat, [sent, unsent]),
      );
    });
  });
});
