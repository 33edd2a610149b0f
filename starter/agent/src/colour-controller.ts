import type { Model } from '@openai/agents';
import {
  assistantMessage,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  replace,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { runAgent } from 'chatkit-controllers/agents';
import { createAgent } from './agent.js';
import { Colour, colourCard, pickColour } from './colours.js';

@ChatController()
export class ColourController {
  constructor(private readonly createModel: () => Model) {}

  /** The agent answers the user's messages. */
  @OnMessage()
  reply(_message: UserMessageItem | null, ctx: ChatContext) {
    return runAgent(createAgent(this.createModel()), ctx);
  }

  /** Code handles a click on a button of the card, without the agent. */
  @OnAction(pickColour)
  *picked({ colour }: Colour, { sender }: ChatContext) {
    if (sender !== null) yield replace(sender, colourCard(colour));
    yield hiddenContext(`<PICKED>${colour}</PICKED>`); // the agent reads it in the next turn
    yield assistantMessage(`You picked ${colour}.`);
  }
}
