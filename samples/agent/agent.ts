import { Agent, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import { agentContext } from 'chatkit-controllers/agents';
import type { Orders } from './orders';
import { orderCard } from './widgets';

/** An agent of a shop, that shows orders. */
export function createShopAgent(model: Model, orders: Orders) {
  const showOrder = tool({
    name: 'show_order',
    description: 'Shows an order to the user, with a button to cancel it.',
    parameters: z.object({ id: z.string().describe('The number of the order, such as A-17') }),
    async execute({ id }, run) {
      const order = orders.find(id);
      await agentContext(run).streamWidget(orderCard(order));
      return `Order ${id} is ${order.state}. The user sees it.`;
    },
  });
  return new Agent({
    name: 'Shop',
    instructions: 'You help the customers of a shop. Show orders by the tool; do not repeat what it shows.',
    model,
    tools: [showOrder],
  });
}
