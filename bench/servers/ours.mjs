/* What our two servers have in common: the controller, the store, the options. */
import 'reflect-metadata';
import {
  assistantMessage,
  ChatController,
  clientEffect,
  hiddenContext,
  OnAction,
  OnMessage,
  Payload,
  replace,
  Sender,
} from 'chatkit-controllers';
import { hiddenText, replyText, seed, withSelected } from '../workload.mjs';
import { SelectItem } from './select-item.mjs';

class ItemController {
  async *select({ id }, sender) {
    yield replace(sender, withSelected(sender.widget, id));
    yield hiddenContext(hiddenText(id));
    yield assistantMessage(replyText(id));
    yield clientEffect('selection_mode', { itemId: id });
  }

  reply() {
    return assistantMessage('Hello!');
  }
}

// What the compiler makes of `@OnAction('item.select') select(@Payload(SelectItem) …, @Sender() …)`.
const { prototype } = ItemController;
Payload(SelectItem)(prototype, 'select', 0);
Sender()(prototype, 'select', 1);
OnAction('item.select')(prototype, 'select', Object.getOwnPropertyDescriptor(prototype, 'select'));
OnMessage()(prototype, 'reply', Object.getOwnPropertyDescriptor(prototype, 'reply'));
ChatController()(ItemController);

const scope = { owner: 'shared' };

/** The same on any store. */
export function contestant(store) {
  return {
    options: { controllers: [new ItemController()], store, owner: 'shared' },
    async seedStore() {
      for (const { thread, sender } of seed()) {
        await store.createThread(scope, thread);
        await store.saveItem(scope, sender, JSON.stringify(sender));
      }
    },
    storedTypes: async (threadId) =>
      (await store.listItems(scope, threadId, { order: 'asc', limit: 100 })).data.map((item) => item.type),
  };
}
