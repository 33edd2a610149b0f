import fc from 'fast-check';
import { ChatController, clientEffect, OnAction, OnMessage, widget, type ChatContext } from '../../src';
import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import { serveChat, threadIdOf } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';

/** Sets, and removes, keys of the thread's metadata as its payload or the test says. */
@ChatController()
class Marking {
  static during: ((ctx: ChatContext) => Promise<void>) | undefined;

  @OnMessage()
  async *reply(_: unknown, ctx: ChatContext) {
    if (ctx.operation === 'threads.create') yield widget({ type: 'Card', children: [] });
    await Marking.during?.(ctx);
    yield clientEffect('marked');
  }

  @OnAction('mark', { payload: 'unchecked', sync: true })
  async mark(payload: unknown, ctx: ChatContext): Promise<void> {
    const { key, value } = payload as { key: string; value: number | null };
    await new Promise((resolve) => setImmediate(resolve));
    if (value === null) Reflect.deleteProperty(ctx.thread.metadata, key);
    else ctx.thread.metadata[key] = value;
  }
}

afterEach(() => {
  Marking.during = undefined;
});

describe.each([
  ['MemoryStore', () => new MemoryStore()],
  ['a store that answers later', () => slow(new MemoryStore())],
  ['SqliteStore', () => new SqliteStore(':memory:')],
])('metadata in %s', (_, create) => {
  test('of keys that sync actions set at once, beside a run and its own, none is lost', async () => {
    const chat = await serveChat({ controllers: [Marking], store: create() });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
        fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
        async (byActions, byRun) => {
          const created = await chat.post(wire.create());
          const threadId = threadIdOf(created);
          for (const key of ['removed by the run', 'removed by an action']) {
            await chat.post(wire.actSync(threadId, undefined, 'mark', { key, value: 0 }));
          }
          Marking.during = async (ctx) => {
            for (const key of byRun) ctx.thread.metadata[key] = 'run';
            Reflect.deleteProperty(ctx.thread.metadata, 'removed by the run');
            await Promise.all([
              ...byActions.map((key) =>
                chat.post(wire.actSync(threadId, undefined, 'mark', { key, value: 1 })),
              ),
              chat.post(
                wire.actSync(threadId, undefined, 'mark', { key: 'removed by an action', value: null }),
              ),
            ]);
          };
          await chat.post(wire.say(threadId));
          Marking.during = undefined;
          expect((await chat.thread(threadId)).metadata).toEqual(
            Object.fromEntries([...byActions.map((key) => [key, 1]), ...byRun.map((key) => [key, 'run'])]),
          );
        },
      ),
      { numRuns: 15 },
    );
  });
});
