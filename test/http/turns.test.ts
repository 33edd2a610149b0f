import { ChatController, hiddenContext, OnAction, OnMessage, progress, type ChatContext } from '../../src';
import { EVENTS_PER_TURN } from '../../src/pipeline';
import { MemoryStore } from '../../src/stores';
import { serveChat } from '../support/chat';
import { interfere } from '../support/failing-store';
import * as wire from '../support/requests';

/*
 * A store that answers at once must not keep the event loop from other requests, however many entries
 * one request names or passes by, or its handler sends.
 */

@ChatController()
class Chat {
  @OnMessage()
  reply(): void {
    // nothing is asked here
  }

  @OnAction('emit', { payload: 'unchecked' })
  async emit(_: unknown, ctx: ChatContext) {
    for (let index = 0; index < 500; index += 1) await ctx.emit(hiddenContext('a'));
    return progress('All are sent.');
  }
}

/** The most calls of a method that were made within one turn of the event loop. */
async function mostInOneTurn(
  method: string,
  work: (chat: Awaited<ReturnType<typeof serve>>) => Promise<void>,
) {
  let turn = 0;
  const calls = new Map<number, number>();
  const count = (): void => {
    turn += 1;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  const chat = await serve((called) => {
    if (called === method) calls.set(turn, (calls.get(turn) ?? 0) + 1);
  });
  await work(chat);
  clearImmediate(timer);
  return Math.max(...calls.values());
}

async function serve(seen: (method: string) => void) {
  const memory = new MemoryStore();
  const store = interfere(memory, ({ method }, proceed) => {
    seen(method);
    return proceed();
  });
  const chat = await serveChat({ controllers: [Chat], store });
  const threadId = await chat.newThread();
  const scope = { owner: 'alice', requestContext: {}, signal: new AbortController().signal };
  const ids = Array.from({ length: 500 }, (_, index) => `i${String(index)}`);
  for (const id of ids) {
    const item = {
      id,
      thread_id: threadId,
      created_at: new Date().toISOString(),
      type: 'end_of_turn',
    } as const;
    memory.saveItem(scope, item, JSON.stringify(item));
  }
  const [first] = await chat.items(threadId);
  return { ...chat, threadId, ids, first: first!.id };
}

test('a handler that awaits each of many events', async () => {
  const most = await mostInOneTurn('saveItem', async ({ post, threadId }) => {
    const { types } = await post(wire.act(threadId, undefined, 'emit'));
    expect(types.at(-1)).toBe('progress_update');
  });
  expect(most).toBeLessThanOrEqual(EVENTS_PER_TURN);
});

test('feedback on many items', async () => {
  const most = await mostInOneTurn('loadItem', async ({ post, threadId, ids }) => {
    expect((await post(wire.feedback(threadId, ids))).status).toBe(200);
  });
  expect(most).toBeLessThanOrEqual(16);
});

test('a retry of a message that has many items after it', async () => {
  const most = await mostInOneTurn('listItems', async ({ post, threadId, first }) => {
    expect((await post(wire.retry(threadId, first))).status).toBe(200);
  });
  expect(most).toBeLessThanOrEqual(2);
});
