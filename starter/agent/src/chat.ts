import 'reflect-metadata';
import { createChatKit, MemoryStore, type Store } from 'chatkit-controllers';
import { ColourController } from './colour-controller.js';
import { colourCard } from './colours.js';
import { modelFromEnvironment } from './models.js';

/** The chat, without a server. It has one user: `context` and `owner` tell yours apart. */
export function createChat(store: Store = new MemoryStore(), createModel = modelFromEnvironment) {
  return createChatKit({
    controllers: [new ColourController(createModel)],
    widgets: [colourCard()], // the chat does not start unless their buttons have handlers
    actionsFromWidgetOnly: true, // an action must be one that the widget it comes from can send
    store,
    owner: 'shared',
  });
}
