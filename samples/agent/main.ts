import 'reflect-metadata';
import { createServer } from 'node:http';
import { setTracingDisabled } from '@openai/agents';
import { MemoryStore } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/node';
import { createShopAgent } from './agent';
import { modelsFrom } from './models';
import { Orders } from './orders';
import { ShopController } from './shop-controller';
import { orderCard } from './widgets';

setTracingDisabled(true); // traces go to OpenAI, and want a key

const orders = new Orders();
const models = modelsFrom(process.env);

const chat = chatkit({
  controllers: [new ShopController(() => createShopAgent(models.create(), orders), orders)],
  widgets: [orderCard(orders.find('A-17'))], // its action has a handler, or the app does not start
  actionsFromWidgetOnly: true,
  store: new MemoryStore(),
  owner: 'shared', // one user: this machine's
});

const port = Number(process.env['PORT'] ?? 8000);
createServer(chat).listen(port, '127.0.0.1', () => {
  console.log(`ChatKit agent: http://127.0.0.1:${String(port)}/chatkit, with ${models.description}.`);
});
