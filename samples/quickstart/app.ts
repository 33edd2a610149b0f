import express, { type Express, type Request } from 'express';
import type { Store } from 'chatkit-controllers';
import { chatkit, type ChatKitMiddleware } from 'chatkit-controllers/express';
import { urlOf } from './address';
import { ItemController, type Visitor } from './item-controller';
import { ItemService, type Item } from './items';
import { confirmationCard, dangerCard, itemList, signUpForm } from './widgets';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>chatkit-controllers: quickstart</title>
<h1>The quickstart is running</h1>
<p>This is a ChatKit backend. It answers at <code>POST /chatkit</code>; point a ChatKit front end to it, or try:</p>
<pre>curl -N SERVER_URL/chatkit -H 'content-type: application/json' \\
  -d '{"type":"threads.create","params":{"input":{"content":[{"type":"input_text","text":"Hello"}],"attachments":[],"inference_options":{}}}}'</pre>
</html>
`;

const LAMP: Item = { id: 'item_1', title: 'Lamp', starred: false, confirmed: false };

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
  app.use('/chatkit', chat);
  app.get('/', (req, res) => {
    const { localAddress = '', localPort = 0 } = req.socket;
    res.type('html').send(PAGE.replace('SERVER_URL', urlOf(localAddress, localPort)));
  });
  return { app, chat };
}

function headerOf(req: Request, name: string, fallback: string): string {
  const value = req.get(name);
  return value === undefined || value === '' ? fallback : value;
}
