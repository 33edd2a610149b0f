import { Agent, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import { assistantMessage, type UserMessageTagContent } from 'chatkit-controllers';
import {
  agentContext,
  ThreadItemConverter,
  type InputContent,
  type ShowActivity,
} from 'chatkit-controllers/agents';
import {
  ARTICLES,
  articlesOf,
  AUTHORS,
  EventDay,
  EVENTS,
  findArticles,
  TOPICS,
  type Article,
} from './archive';
import { articleList, eventList } from './widgets';

/** Who reads, and which article is open in the page. */
export interface Reader {
  userId: string;
  articleId?: string | undefined;
}

/** Articles without their text. */
const summaries = (articles: readonly Article[]) =>
  JSON.stringify(
    articles.map(({ id, title, author, topics, date }) => ({ id, title, author, topics, date })),
  );

const searchArticles = tool({
  name: 'search_articles',
  description: `Finds articles. Authors: ${AUTHORS.join(', ')}. Topics: ${TOPICS.join(', ')}. null for what does not matter.`,
  parameters: z.object({
    author: z.enum(AUTHORS).nullable(),
    topic: z.enum(TOPICS).nullable(),
    text: z.string().nullable().describe('Words of the title or the text'),
  }),
  execute: (words) => summaries(findArticles(words)),
});

const readArticle = tool({
  name: 'read_article',
  description: 'The whole text of an article.',
  parameters: z.object({ id: z.string() }),
  execute: ({ id }) => JSON.stringify(articlesOf([id])[0] ?? 'There is no such article.'),
});

const readOpenPage = tool({
  name: 'read_open_page',
  description: 'The article that the reader has open now, or the front page.',
  parameters: z.object({}),
  execute(_, run) {
    const { articleId } = agentContext<Reader>(run).chat.requestContext;
    return articleId === undefined ? summaries(ARTICLES) : JSON.stringify(articlesOf([articleId]));
  },
});

const showArticles = tool({
  name: 'show_articles',
  description: 'Shows a list of articles to the reader.',
  parameters: z.object({ ids: z.array(z.string()), message: z.string().describe('Why these') }),
  async execute({ ids, message }, run) {
    const articles = articlesOf(ids);
    await agentContext(run).stream(assistantMessage(message));
    await agentContext(run).streamWidget(articleList(articles), {
      copyText: articles.map(({ title }) => title).join('\n'),
    });
    return 'The reader sees the list.';
  },
});

const searchEvents = tool({
  name: 'search_events',
  description: 'Finds events of the next weekend, of a day or by a word.',
  parameters: z.object({ day: EventDay.nullable(), word: z.string().nullable() }),
  execute: ({ day, word }) =>
    JSON.stringify(
      EVENTS.filter(
        (event) =>
          (day === null || event.day === day) &&
          (word === null || JSON.stringify(event).toLowerCase().includes(word.toLowerCase())),
      ),
    ),
});

const showEvents = tool({
  name: 'show_events',
  description: 'Shows events to the reader, who may unfold each.',
  parameters: z.object({ ids: z.array(z.string()).min(1), message: z.string() }),
  async execute({ ids, message }, run) {
    await agentContext(run).stream(assistantMessage(message));
    await agentContext(run).streamWidget(eventList(EVENTS.filter(({ id }) => ids.includes(id))));
    return 'The reader sees the events.';
  },
});

/** What the reader sees while a tool works. */
export const toolActivity: ShowActivity = ({ name, status, input }) => {
  if (status !== 'started') return undefined;
  if (name === 'search_articles') {
    const words = Object.values(input as object).filter((word) => typeof word === 'string' && word !== '');
    return {
      progress: { text: `Searching the archive for ${words.join(', ') || 'everything'}`, icon: 'search' },
    };
  }
  if (name === 'search_events')
    return { progress: { text: 'Leafing through the calendar', icon: 'calendar' } };
  return name.startsWith('read_') ? { progress: 'Reading' } : undefined;
};

export function createNewsAgents(model: string | Model) {
  const events = new Agent({
    name: 'Events',
    instructions:
      'You know what is on in town at the weekend. Search, then show what you found with show_events.',
    model,
    tools: [searchEvents, showEvents],
    toolUseBehavior: { stopAtToolNames: ['show_events'] },
  });
  const puzzles = new Agent({
    name: 'Puzzles',
    instructions:
      'You set small puzzles about a small town: two truths and a lie, or a crossword clue. Never tell the solution before a guess.',
    model,
  });
  const news = new Agent({
    name: 'News',
    instructions: [
      'You guide readers through the paper “The Weir Street Post”. Say nothing that is not in its articles.',
      'Show lists of articles with show_articles. For “this page” read the open page.',
      'Hand over to the other agents for events of the town and for puzzles.',
    ].join('\n'),
    model,
    tools: [searchArticles, readArticle, readOpenPage, showArticles],
    handoffs: [events, puzzles],
    toolUseBehavior: { stopAtToolNames: ['show_articles'] },
  });
  return { news, events, puzzles };
}

/** Tells the model what is mentioned with @: an article, or an author with all that they wrote. */
export class NewsConverter extends ThreadItemConverter {
  override tagToMessageContent({ id, text, group }: UserMessageTagContent): InputContent {
    const found = group === 'Authors' ? findArticles({ author: id }) : articlesOf([id]);
    return { type: 'input_text', text: `Mentioned: ${text}, ${summaries(found)}` };
  }
}
