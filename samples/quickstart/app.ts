import express, { type Express, type Request } from 'express';
import type { Store } from 'chatkit-controllers';
import { chatkit, type ChatKitMiddleware } from 'chatkit-controllers/express';
import { playground } from 'chatkit-controllers/playground';
import { ItemController, type Visitor } from './item-controller';
import { ItemService, type Item } from './items';
import { confirmationCard, dangerCard, itemList, signUpForm } from './widgets';

const LAMP: Item = { id: 'item_1', title: 'Lamp', starred: false, confirmed: false };

/** Who the page can act as; `context` below reads these headers. */
const USERS = {
  ada: { headers: { 'x-user-id': 'ada' } },
  bob: { headers: { 'x-user-id': 'bob' } },
  admin: { headers: { 'x-user-id': 'root', 'x-role': 'admin' } },
};

/** What ChatKit's own page would be configured with. */
const PAGE_OPTIONS = {
  startScreen: {
    greeting: 'What shall we order?',
    prompts: [
      { label: 'Show me what there is', prompt: 'What do you have?', icon: 'sparkle' },
      { label: 'Stream a slow answer', prompt: '/slow', icon: 'clock' },
    ],
  },
};

/** The Express application, and the chat in it, which is to be closed before the server is. */
export function createQuickstart(store: Store): { app: Express; chat: ChatKitMiddleware<Visitor> } {
  const chat = chatkit<Visitor>({
    controllers: [new ItemController(new ItemService())],
    // Examples: the app does not start unless every action in them has its handler.
    widgets: [itemList([LAMP]), signUpForm(), confirmationCard(LAMP), dangerCard()],
    // Or anybody could send `item.select` from the form, say, which would then be replaced by the list.
    actionsFromWidgetOnly: true,
    store,
    // These headers are believed as they come: take both from your session instead.
    context: (req) => ({
      userId: headerOf(req, 'x-user-id', 'anonymous'),
      role: headerOf(req, 'x-role', 'user'),
    }),
    owner: ({ userId }) => userId,
  });
  const app = express();
  app.disable('x-powered-by');
  app.use('/chatkit/playground', playground({ chat, users: USERS, options: PAGE_OPTIONS }));
  app.use('/chatkit', chat);
  app.get('/', (_, res) => res.redirect('/chatkit/playground/'));
  return { app, chat };
}

function headerOf(req: Request, name: string, fallback: string): string {
  const value = req.get(name);
  return value === undefined || value === '' ? fallback : value;
}
