import {
  assistantMessage,
  ChatController,
  NotFoundError,
  OnAction,
  OnMessage,
  replace,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { runAgent, titleThread, type AgentLike } from 'chatkit-controllers/agents';
import { NewsConverter, toolActivity, type Reader } from './agents';
import { articlesOf, EVENTS } from './archive';
import { eventList, openArticle, showEvent } from './widgets';

const RUN_OPTIONS = { itemConverter: new NewsConverter(), toolActivity };

export interface NewsAgents {
  news: AgentLike;
  events: AgentLike;
  puzzles: AgentLike;
}

@ChatController()
export class NewsController {
  constructor(
    private readonly agents: NewsAgents,
    private readonly titles: AgentLike,
  ) {}

  @OnMessage()
  reply(_message: UserMessageItem | null, ctx: ChatContext<Reader>) {
    return this.answer(this.agents.news, ctx);
  }

  @OnMessage({ tool: 'events' }) // chosen in the composer
  events(_message: UserMessageItem | null, ctx: ChatContext<Reader>) {
    return this.answer(this.agents.events, ctx);
  }

  @OnMessage({ tool: 'puzzle' })
  puzzle(_message: UserMessageItem | null, ctx: ChatContext<Reader>) {
    return this.answer(this.agents.puzzles, ctx);
  }

  @OnAction(openArticle, { fromWidgetOnly: false }) // the page opens the article first, and then sends it on
  open({ id }: { id: string }) {
    const [article] = articlesOf([id]);
    if (article === undefined) throw new NotFoundError('There is no such article.');
    return assistantMessage(
      `Shall I sum up “${article.title}”, or is there something that you want to know of it?`,
    );
  }

  @OnAction(showEvent)
  show({ id, ids }: { id: string; ids: string[] }, { sender }: ChatContext<Reader>) {
    return replace(
      sender,
      eventList(
        EVENTS.filter((event) => ids.includes(event.id)),
        id,
      ),
    );
  }

  private async *answer(agent: AgentLike, ctx: ChatContext<Reader>) {
    const named = titleThread(ctx, this.titles);
    yield* runAgent(agent, ctx, RUN_OPTIONS);
    await named;
  }
}
