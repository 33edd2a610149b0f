import 'reflect-metadata';
import { createChatKit, MemoryStore, type Store } from 'chatkit-controllers';
import { ColourController } from './colour-controller.js';
import { colourCard } from './colours.js';
import { modelFromEnvironment } from './models.js';

/** The chat, without a server. All users share one owner: to tell them apart, set `context` and `owner`. */
export function createChat(store: Store = new MemoryStore(), createModel = modelFromEnvironment) {
  return createChatKit({
    controllers: [new ColourController(createModel)],
    widgets: [colourCard()], // the chat does not start unless every action in here has a handler
    actionsFromWidgetOnly: true, // accept an action only from a widget that contains it
    store,
    owner: 'shared',
  });
}
