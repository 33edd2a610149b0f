import fc from 'fast-check';
import {
  assistantMessage,
  ChatController,
  clientEffect,
  hiddenContext,
  OnMessage,
  type ChatContext,
  type HandlerEvent,
} from '../../src';
import { MemoryStore } from '../../src/stores';
import { serveChat, threadIdOf } from '../support/chat';
import { interfere, slow } from '../support/failing-store';
import * as wire from '../support/requests';
import { Latch } from '../support/wait';

describe('ctx.emit', () => {
  test('settles for all that was emitted, also when one that comes later cannot be stored', async () => {
    const store = interfere(slow(new MemoryStore()), ({ method, args }, proceed) => {
      const { content } = args[1] as { content?: { text: string }[] };
      if (method === 'saveItem' && content?.[0]?.text === 'BAD') return Promise.reject(new Error('full'));
      return proceed();
    });
    let settled: PromiseSettledResult<void>[] = [];
    const reached = new Latch();
    @ChatController()
    class Emitting {
      @OnMessage()
      async reply(_message: unknown, ctx: ChatContext): Promise<void> {
        const texts = ['one', 'two', 'BAD', 'four'];
        settled = await Promise.allSettled(texts.map((text) => ctx.emit(assistantMessage(text))));
        reached.open();
      }
    }
    const chat = await serveChat({ controllers: [Emitting], store });
    const { types } = await chat.post(wire.create());
    await reached.opened;
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(types.filter((type) => type === 'thread.item.done')).toHaveLength(3); // with the user's own
  });

  test('rejects with run_ended after the handler has ended, while the thread is still being saved', async () => {
    const saving = new Latch();
    const saved = new Latch();
    const store = interfere(new MemoryStore(), ({ method }, proceed) => {
      if (method !== 'patchThread') return proceed();
      saving.open();
      return saved.opened.then(proceed);
    });
    let ctx: ChatContext | undefined;
    @ChatController()
    class Changing {
      @OnMessage()
      reply(_: unknown, context: ChatContext): void {
        ctx = context;
        context.thread.title = 'Changed';
      }
    }
    const chat = await serveChat({ controllers: [Changing], store });
    const answered = chat.post(wire.create());
    await saving.opened;
    const late = ctx!.emit(assistantMessage('late'));
    saved.open();
    await expect(late).rejects.toMatchObject({ code: 'run_ended' });
    const reply = await answered;
    expect(reply.types).not.toContain('error');
    expect((await chat.items(threadIdOf(reply))).map(({ type }) => type)).toEqual(['user_message']);
  });

  test.each([
    ['a store that answers at once', new MemoryStore()],
    ['a store that answers later', slow(new MemoryStore())],
  ])('resolved means stored and sent, rejected means neither, with %s', async (_, store) => {
    let emitAll: (ctx: ChatContext) => Promise<void> = async () => undefined;
    @ChatController()
    class Emitting {
      @OnMessage()
      async reply(_message: unknown, ctx: ChatContext): Promise<HandlerEvent> {
        await emitAll(ctx);
        ctx.thread.title = 'Changed';
        return clientEffect('last');
      }
    }
    const chat = await serveChat({ controllers: [Emitting], store });
    const kinds = [assistantMessage, clientEffect, hiddenContext] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ kind: fc.nat({ max: 2 }), turns: fc.nat({ max: 12 }) }), { maxLength: 12 }),
        fc.nat({ max: 4 }),
        async (emits, handlerTurns) => {
          const outcomes: Promise<string>[] = [];
          emitAll = async (ctx) => {
            for (const [index, { kind, turns }] of emits.entries()) {
              const emitted = (async () => {
                await turn(turns);
                await ctx.emit(kinds[kind]!(`event ${String(index)}`));
              })();
              outcomes.push(
                emitted.then(
                  () => 'taken',
                  (error: unknown) => (error as { code: string }).code,
                ),
              );
            }
            await turn(handlerTurns);
          };
          const reply = await chat.post(wire.create());
          const stored = JSON.stringify(await chat.items(threadIdOf(reply)));
          for (const [index, outcome] of (await Promise.all(outcomes)).entries()) {
            const text = `"event ${String(index)}"`;
            const taken = outcome === 'taken';
            if (!taken) expect(outcome).toBe('run_ended');
            const kind = emits[index]!.kind;
            if (kind !== 1) expect(stored.includes(text)).toBe(taken);
            if (kind !== 2) expect(reply.text.includes(text)).toBe(taken);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

async function turn(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
}
