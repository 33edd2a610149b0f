import { join } from 'node:path';
import { Agent, type Model } from '@openai/agents';
import express, { type Express } from 'express';
import { MemoryStore } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/express';
import { playground } from 'chatkit-controllers/playground';
import { createNewsAgents, type Reader } from './agents';
import { ARTICLES, AUTHORS, EVENTS } from './archive';
import { NewsController } from './news-controller';
import { articleList, eventList } from './widgets';

/** Options of ChatKit in the page, and of the playground. */
export const PAGE_OPTIONS = {
  startScreen: {
    greeting: 'The Weir Street Post: what would you like to read?',
    prompts: [
      { label: 'What is new?', prompt: 'What is new?', icon: 'sparkle' },
      { label: 'This page', prompt: 'Sum up this page for me.', icon: 'page-blank' },
      { label: 'The weekend', prompt: 'Which events are there at the weekend?', icon: 'calendar' },
    ],
  },
  composer: {
    tools: [
      { id: 'events', label: 'Events', icon: 'calendar', shortLabel: 'Events', placeholderOverride: 'When?' },
      {
        id: 'puzzle',
        label: 'Puzzle',
        icon: 'lightbulb',
        shortLabel: 'Puzzle',
        placeholderOverride: 'Your guess',
      },
    ],
  },
};

/** What may be mentioned with @. */
const ENTITIES = [
  ...ARTICLES.map(({ id, title }) => ({ id, title, group: 'Articles', interactive: true })),
  ...AUTHORS.map((author) => ({ id: author, title: author, group: 'Authors' })),
];
const entities = (query: string) =>
  ENTITIES.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));

export function createNewsGuide(model: string | Model): Express {
  const titles = new Agent({
    name: 'Titles',
    instructions: 'Answer with a title of two to five words.',
    model,
  });
  const chat = chatkit<Reader>({
    controllers: [new NewsController(createNewsAgents(model), titles)],
    widgets: [articleList(ARTICLES), eventList(EVENTS)],
    actionsFromWidgetOnly: true,
    store: new MemoryStore(),
    context: (req) => ({ userId: 'reader', articleId: req.get('x-article-id') }), // what the page has open
    owner: ({ userId }) => userId,
  });
  const app = express();
  app.use('/chatkit/playground', playground({ chat, options: PAGE_OPTIONS, entities }));
  app.use('/chatkit', chat);
  app.get('/options', (_, res) => void res.json(PAGE_OPTIONS));
  app.get('/articles', (_, res) => void res.json(ARTICLES));
  app.get('/entities', (_, res) => void res.json(ENTITIES));
  app.get('/', (_, res) => res.sendFile('page.html', { root: join(__dirname, '..') }));
  return app;
}
