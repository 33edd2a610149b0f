import {
  assistantMessage,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  replace,
  respond,
  StreamOptions,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { runAgent, type AgentLike } from 'chatkit-controllers/agents';
import { catChanged } from './agent';
import { careFor, catOf, nameCat, type Care } from './cat';
import { careForCat, lookAtCat, moreNames, nameChoice, pickName, profileCard } from './widgets';

@ChatController()
export class CatController {
  constructor(private readonly agent: AgentLike) {}

  @OnMessage()
  reply(_message: UserMessageItem | null, ctx: ChatContext) {
    return runAgent(this.agent, ctx);
  }

  /** What was done for the cat cannot be taken back, so answers cannot be stopped. */
  @StreamOptions()
  options() {
    return { allow_cancel: false };
  }

  @OnAction(lookAtCat, { fromWidgetOnly: false }) // the page itself sends it
  look(_payload: undefined, { thread }: ChatContext) {
    return catChanged(catOf(thread));
  }

  @OnAction(careForCat)
  *care({ care }: { care: Care }, { thread, sender }: ChatContext) {
    const cat = careFor(thread, care);
    yield replace(sender, profileCard(cat));
    yield catChanged(cat);
    yield hiddenContext(`The user did this for the cat: ${care}.`); // the agent reads it with the next message
  }

  @OnAction(pickName)
  *pick({ name, names }: { name: string; names: string[] }, { thread, sender }: ChatContext) {
    const { name: known } = catOf(thread);
    const cat = nameCat(thread, name);
    yield replace(sender, nameChoice(names, [], cat.name));
    if (known !== undefined) {
      yield assistantMessage(`It is called ${known} already, and listens to nothing else.`);
      return;
    }
    yield catChanged(cat);
    yield hiddenContext(`The user has named the cat ${name}.`);
    yield assistantMessage(`${name} it is! Shall I show you the card of ${name}?`);
  }

  @OnAction(moreNames)
  more() {
    return respond('Suggest other names for the cat.');
  }
}
