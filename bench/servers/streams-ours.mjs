import 'reflect-metadata';
import { ChatController, Context, MemoryStore, OnAction, OnMessage } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/node';
import { contestant } from './ours.mjs';
import { serve } from './serve.mjs';
import { added, delta, DELTAS } from './streams.mjs';

class StreamController {
  async *long(ctx) {
    yield added(ctx.thread.id);
    for (let number = 0; number < DELTAS; number += 1) yield delta(number);
    yield { type: 'thread.item.removed', item_id: 'msg_long' };
  }

  async *idle(ctx) {
    yield added(ctx.thread.id);
    await new Promise(() => undefined);
  }

  reply() {}
}

const { prototype } = StreamController;
Context()(prototype, 'long', 0);
Context()(prototype, 'idle', 0);
OnAction('stream.long')(prototype, 'long', Object.getOwnPropertyDescriptor(prototype, 'long'));
OnAction('stream.idle')(prototype, 'idle', Object.getOwnPropertyDescriptor(prototype, 'idle'));
OnMessage()(prototype, 'reply', Object.getOwnPropertyDescriptor(prototype, 'reply'));
ChatController()(StreamController);

const store = new MemoryStore();
const { options, seedStore, storedTypes } = contestant(store);

serve({
  listener: chatkit({
    ...options,
    controllers: [new StreamController()],
    threads: { concurrency: 'parallel' },
  }),
  async reset() {
    store.admin.close();
    await seedStore();
  },
  storedTypes,
});
