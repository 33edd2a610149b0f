import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  assistantMessage,
  ChatController,
  defineAction,
  OnAction,
  OnMessage,
  replace,
  widget,
  type ChatContext,
  type UserMessageItem,
} from '../../../src';
import { chatkit } from '../../../src/node';
import { SqliteStore } from '../../../src/stores/sqlite';

/**
 * A server with a confirm button that is signed and good for once. Started with no file open; the
 * message that it is sent is the file of its store, and its answer is where it listens.
 */
const Order = z.object({
  id: z.string(),
  price: z.number(),
  note: z.string().optional(),
  die: z.boolean().optional(),
});
const confirm = defineAction('order.confirm', Order);

@ChatController()
class Orders {
  @OnMessage()
  reply(message: UserMessageItem | null) {
    const id = message?.content[0]?.text ?? '';
    const expiresIn = id === 'brief' ? 300 : 60_000;
    return widget({
      type: 'Form',
      onSubmitAction: confirm.form({ id, price: 12 }, { sign: ['id', 'price'], expiresIn }),
      children: [
        { type: 'Text', value: 'Confirm?' },
        { type: 'Input', name: 'note' },
      ],
    });
  }

  @OnAction(confirm, { signed: ['id', 'price'], once: true, fromWidgetOnly: false })
  async *confirm(order: z.output<typeof Order>, ctx: ChatContext) {
    if (order.die === true) process.exit(1);
    await sleep(20);
    yield assistantMessage(`Confirmed ${order.id} for ${String(order.price)}.`);
    yield replace(ctx.sender, { type: 'Card', children: [{ type: 'Text', value: 'Thank you' }] });
  }
}

process.once('message', (file) => {
  const server = createServer(
    chatkit({
      controllers: [Orders],
      store: new SqliteStore(file as string),
      context: (request) => ({ userId: request.headers['x-user-id'] as string }),
      owner: ({ userId }) => userId,
      signing: { keys: ['the key that both processes share, long enough'] },
      threads: { concurrency: 'parallel' },
      logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    }),
  );
  server.listen(0, '127.0.0.1', () => {
    process.send?.(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`);
  });
});
process.send?.('ready');

function nothing(): void {
  // the tests look at the answers
}
