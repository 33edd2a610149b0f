import { join } from 'node:path';
import express, { type Express } from 'express';
import { MemoryStore } from 'chatkit-controllers';
import { chatkit, type ChatKitMiddleware } from 'chatkit-controllers/express';
import { LampController } from './lamp-controller.js';
import { Sessions, type Visitor } from './sessions.js';

/** What `npm run build` makes of the page; while developing, Vite serves it instead. */
const PAGE = join(import.meta.dirname, '../page');

export function createShop(): { app: Express; chat: ChatKitMiddleware<Visitor> } {
  const sessions = new Sessions();
  const chat = chatkit<Visitor>({
    controllers: [LampController],
    actionsFromWidgetOnly: true,
    store: new MemoryStore(),
    context: (req) => sessions.find(req.get('authorization')), // null is answered with 401
    owner: ({ userId }) => userId,
  });
  const app = express();
  app.disable('x-powered-by');
  app.use('/chatkit', chat);
  app.post('/login', (_, res) => void res.type('text').send(sessions.open()));
  app.use(express.static(PAGE));
  return { app, chat };
}
