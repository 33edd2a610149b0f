import {
  assistantMessage,
  ChatController,
  defineAction,
  OnAction,
  OnMessage,
  replace,
  widget,
  type ChatContext,
} from 'chatkit-controllers';
import { Button, Card, Text } from 'chatkit-controllers/widgets';
import { z } from 'zod';

/** Who asks; `context` in app.ts makes it of the request. */
export interface Guest {
  userId: string;
}

const drink = z.object({ name: z.enum(['tea', 'coffee']) });
const orderDrink = defineAction('drink.order', drink);

const menu = () =>
  Card({
    children: drink.shape.name.options.map((name) =>
      Button({ key: name, label: name, onClickAction: orderDrink({ name }) }),
    ),
  });

const ordered = (name: string) => Card({ children: [Text({ value: `Ordered: ${name}` })] });

/** Standard decorators and undecorated parameters: Node, Bun and Deno run it with their default settings. */
@ChatController()
export class CafeController {
  @OnMessage()
  *reply() {
    yield assistantMessage('What would you like to drink?');
    yield widget(menu());
  }

  @OnAction(orderDrink)
  *order({ name }: z.infer<typeof drink>, ctx: ChatContext<Guest>) {
    if (ctx.sender !== null) yield replace(ctx.sender, ordered(name));
    yield assistantMessage(`One ${name} for ${ctx.requestContext.userId}.`);
  }
}
