import { join } from 'node:path';
import { Agent, type Model } from '@openai/agents';
import express, { type Express } from 'express';
import { MemoryStore } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/express';
import { playground } from 'chatkit-controllers/playground';
import { createMetroAgent } from './agent';
import { MetroController } from './metro-controller';
import { Network } from './network';
import { lineList } from './widgets';

/** Options of ChatKit in the page, and of the playground. */
export const PAGE_OPTIONS = {
  startScreen: {
    greeting: 'Where shall the metro go?',
    prompts: [
      { label: 'A new station', prompt: 'I want to add a new station.', icon: 'plus' },
      {
        label: 'Find a way',
        prompt: 'Which is the way from the Old Quay to the Wind Farm?',
        icon: 'map-pin',
      },
      { label: 'My selection', prompt: 'What have I selected on the map?', icon: 'search' },
    ],
  },
};

export function createMetroMap(model: string | Model): Express {
  const network = new Network();
  const titles = new Agent({
    name: 'Titles',
    instructions: 'Answer with a title of two to five words.',
    model,
  });
  const chat = chatkit({
    controllers: [new MetroController(createMetroAgent(model, network), titles, network)],
    widgets: [lineList(network.lines)],
    actionsFromWidgetOnly: true,
    store: new MemoryStore(),
    owner: 'shared', // one user: this machine's
  });
  /** What may be mentioned with @ in the playground. */
  const entities = (query: string) =>
    network.stations
      .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
      .map(({ id, name }) => ({ id, title: name, group: 'Stations', icon: 'map-pin', interactive: true }));
  const app = express();
  app.use('/chatkit/playground', playground({ chat, options: PAGE_OPTIONS, entities }));
  app.use('/chatkit', chat);
  app.get('/options', (_, res) => void res.json(PAGE_OPTIONS));
  app.get('/map', (_, res) => void res.json({ lines: network.lines, stations: network.stations }));
  app.get('/', (_, res) => res.sendFile('page.html', { root: join(__dirname, '..') }));
  return app;
}
