import {
  assistantMessage,
  ChatController,
  OnAction,
  OnMessage,
  replace,
  widget,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { Colour, colourCard, pickColour } from './colours.js';

@ChatController()
export class ColourController {
  /** Answers the user's messages. */
  @OnMessage()
  *reply(message: UserMessageItem | null) {
    const text = message?.content.map((part) => part.text).join('') ?? '';
    yield assistantMessage(`You said “${text}”.`);
    yield widget(colourCard());
  }

  /** Handles a click on a button of the card. */
  @OnAction(pickColour)
  *picked({ colour }: Colour, { sender }: ChatContext) {
    if (sender !== null) yield replace(sender, colourCard(colour));
    yield assistantMessage(`You picked ${colour}.`);
  }
}
