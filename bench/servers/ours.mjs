/* What our two servers have in common: the controller, the store, the options. */
import 'reflect-metadata';
import {
  assistantMessage,
  ChatController,
  clientEffect,
  hiddenContext,
  MemoryStore,
  OnAction,
  OnMessage,
  Payload,
  replace,
  Sender,
} from 'chatkit-controllers';
import { hiddenText, listWidget, replyText, seed } from '../workload.mjs';
import { SelectItem } from './select-item.mjs';

class ItemController {
  async *select({ id }, sender) {
    yield replace(sender, listWidget(id));
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

const store = new MemoryStore();
const scope = { owner: 'shared' }; // a memory store asks for no more

export const options = { controllers: [new ItemController()], store, owner: 'shared' };

export function reset() {
  store.admin.close(); // a memory store forgets all
  for (const { thread, sender } of seed()) {
    store.createThread(scope, thread);
    store.saveItem(scope, sender, JSON.stringify(sender));
  }
}

export const storedTypes = (threadId) =>
  store.listItems(scope, threadId, { order: 'asc', limit: 100 }).data.map((item) => item.type);
