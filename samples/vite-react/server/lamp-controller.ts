import {
  assistantMessage,
  ChatController,
  clientEffect,
  clientToolCall,
  defineAction,
  OnAction,
  OnMessage,
  widget,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { Button, Card, Row, Text } from 'chatkit-controllers/widgets';
import { z } from 'zod';
import type { Visitor } from './sessions.js';

const lamp = z.object({ name: z.enum(['desk lamp', 'floor lamp']) });
const cart = z.object({ cart: z.array(z.string()) });
const addLamp = defineAction('lamp.add', lamp);
const showLamp = defineAction('lamp.show', lamp); // of the page alone

const offer = () =>
  Card({
    children: lamp.shape.name.options.map((name) =>
      Row({
        key: name,
        gap: 2,
        children: [
          Text({ value: name }),
          Button({ label: 'Add', onClickAction: addLamp({ name }) }),
          Button({ label: 'Details', onClickAction: showLamp({ name }, { handler: 'client' }) }),
        ],
      }),
    ),
  });

@ChatController()
export class LampController {
  @OnMessage()
  async *reply(message: UserMessageItem | null, ctx: ChatContext<Visitor>) {
    if (message === null) {
      // The page has answered the call of its tool.
      yield assistantMessage(describe(await this.toolResult(ctx)));
    } else if (/cart/i.test(message.content.map(({ text }) => text).join(''))) {
      yield clientToolCall('read_cart', {});
    } else {
      yield assistantMessage('These are our lamps.');
      yield widget(offer());
    }
  }

  @OnAction(addLamp)
  *add({ name }: z.infer<typeof lamp>) {
    yield clientEffect('cart.add', { name });
    yield assistantMessage(`I put the ${name} into your cart.`);
  }

  private async toolResult({ store, thread }: ChatContext<Visitor>): Promise<unknown> {
    const { data } = await store.listItems(thread.id, { order: 'desc', limit: 1 });
    const [call] = data;
    return call?.type === 'client_tool_call' ? call.output : undefined;
  }
}

/** @param result comes from the page, which may send anything */
function describe(result: unknown): string {
  const { success, data } = cart.safeParse(result);
  if (!success) return 'I could not see your cart.';
  return data.cart.length === 0 ? 'Your cart is empty.' : `In your cart: ${data.cart.join(', ')}.`;
}
