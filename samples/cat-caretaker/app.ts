import { join } from 'node:path';
import type { Model } from '@openai/agents';
import express, { type Express } from 'express';
import { MemoryStore } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/express';
import { playground } from 'chatkit-controllers/playground';
import { createCatAgent } from './agent';
import { CatController } from './cat-controller';
import { nameChoice, profileCard } from './widgets';

/** Options of ChatKit in the page, and of the playground. */
export const PAGE_OPTIONS = {
  startScreen: {
    greeting: 'A cat has moved in with you.',
    prompts: [
      { label: 'How is the cat?', prompt: 'How is the cat?', icon: 'search' },
      { label: 'Find a name', prompt: 'Which name fits the cat?', icon: 'sparkle' },
      { label: 'Show its card', prompt: 'Show me the card of the cat.', icon: 'profile-card' },
    ],
  },
};

export function createCatCaretaker(model: string | Model): Express {
  const chat = chatkit({
    controllers: [new CatController(createCatAgent(model))],
    // Examples: the app does not start unless every action in them has its handler.
    widgets: [profileCard({ food: 1, mood: 1, fur: 1 }), nameChoice(['Miso', 'Comet'])],
    actionsFromWidgetOnly: true,
    store: new MemoryStore(),
    owner: 'shared', // one user: this machine's
  });
  const app = express();
  app.use('/chatkit/playground', playground({ chat, options: PAGE_OPTIONS }));
  app.use('/chatkit', chat);
  app.get('/options', (_, res) => void res.json(PAGE_OPTIONS));
  app.get('/', (_, res) => res.sendFile('page.html', { root: join(__dirname, '..') }));
  return app;
}
