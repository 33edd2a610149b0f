import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Model } from '@openai/agents';
import express, { type Express } from 'express';
import { MemoryStore } from 'chatkit-controllers';
import { agentController, ThreadItemConverter } from 'chatkit-controllers/agents';
import { DiskAttachmentStore } from 'chatkit-controllers/attachments';
import { chatkit } from 'chatkit-controllers/express';
import { playground } from 'chatkit-controllers/playground';
import { createSupportAgent, createTitleAgent } from './agent';
import { Customers } from './customers';
import { SupportController } from './support-controller';
import { flightList, mealList } from './widgets';

/** Options of ChatKit in the page, and of the playground. */
export const PAGE_OPTIONS = {
  startScreen: {
    greeting: 'Welcome to Fjord Air.',
    prompts: [
      { label: 'Another seat', prompt: 'May I have a window seat?', icon: 'profile' },
      { label: 'Meals', prompt: 'What is there to eat?', icon: 'sparkle' },
      {
        label: 'Fly to Lisbon',
        prompt: 'I want to fly to Lisbon on 1 June, and back a week later.',
        icon: 'globe',
      },
      { label: 'Cancel my trip', prompt: 'Please cancel my trip.', icon: 'calendar' },
    ],
  },
  composer: { attachments: { enabled: true, accept: { 'image/*': [] } } },
};

export interface AirlineOptions {
  model: string | Model;
  /** Where the browser finds this server. */
  url: string;
  /** For the pictures that customers send. */
  directory: string;
}

export function createAirlineSupport({ model, url, directory }: AirlineOptions): Express {
  const customers = new Customers();
  const agent = createSupportAgent(model, customers);
  const files = new DiskAttachmentStore({
    directory,
    secret: randomBytes(32).toString('hex'), // new at each start, as the store of the threads is
    baseUrl: `${url}/chatkit`,
    allowedTypes: ['image/*'],
    maxSize: 5 * 1024 * 1024,
  });
  const runOptions = { itemConverter: new ThreadItemConverter({ attachments: files }) };
  const support = { agent, titles: createTitleAgent(model), customers, runOptions };
  const chat = chatkit({
    controllers: [new SupportController(support), agentController({ agents: [agent], ...runOptions })],
    widgets: [mealList(), flightList({ from: 'BGO', to: 'LIS', date: '2027-06-01', cabin: 'economy' })],
    actionsFromWidgetOnly: true,
    attachmentStore: files,
    store: new MemoryStore(),
    // This header is believed as it comes: take the user from your session instead.
    context: (req) => ({ userId: req.get('x-user-id') ?? 'guest' }),
    owner: ({ userId }) => userId,
  });
  const app = express();
  const users = { guest: { headers: {} }, ada: { headers: { 'x-user-id': 'ada' } } };
  app.use('/chatkit/playground', playground({ chat, users, options: PAGE_OPTIONS }));
  app.use('/chatkit', chat);
  app.get('/options', (_, res) => void res.json(PAGE_OPTIONS));
  app.get('/', (_, res) => res.sendFile('page.html', { root: join(__dirname, '..') }));
  return app;
}
