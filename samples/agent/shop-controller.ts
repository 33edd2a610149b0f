import {
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  replace,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { runAgent, titleThread, type AgentLike, type ShowActivity } from 'chatkit-controllers/agents';
import type { Orders } from './orders';
import { cancelOrder, orderCard } from './widgets';

const toolActivity: ShowActivity = ({ name, status }) =>
  name === 'show_order' && status === 'started' ? { progress: 'Looking for the order' } : undefined;

@ChatController()
export class ShopController {
  constructor(
    private readonly createAgent: () => AgentLike,
    private readonly orders: Orders,
  ) {}

  @OnMessage()
  reply(_message: UserMessageItem | null, ctx: ChatContext) {
    void titleThread(ctx, ({ content }) => content.map(({ text }) => text).join(' '));
    return runAgent(this.createAgent(), ctx, { toolActivity });
  }

  @OnAction(cancelOrder)
  *cancel({ id }: { id: string }, ctx: ChatContext) {
    yield replace(ctx.sender, orderCard(this.orders.cancel(id)));
    yield hiddenContext(`The user has cancelled order ${id}.`); // the agent reads it with the next message
  }
}
