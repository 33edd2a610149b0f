import {
  ChatController,
  clientEffect,
  hiddenContext,
  NotFoundError,
  OnAction,
  OnMessage,
  replace,
  respond,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { runAgent, titleThread, type AgentLike } from 'chatkit-controllers/agents';
import { MetroConverter } from './agent';
import type { End, Line, Network } from './network';
import { lineList, pickLine, placeStation } from './widgets';

@ChatController()
export class MetroController {
  private readonly itemConverter: MetroConverter;

  constructor(
    private readonly agent: AgentLike,
    private readonly titles: AgentLike,
    private readonly network: Network,
  ) {
    this.itemConverter = new MetroConverter(network);
  }

  /** Also runs when the page has answered a client tool call; there is no message then. */
  @OnMessage()
  async *reply(_message: UserMessageItem | null, ctx: ChatContext) {
    const named = titleThread(ctx, this.titles);
    yield* runAgent(this.agent, ctx, { itemConverter: this.itemConverter });
    await named;
  }

  @OnAction(pickLine)
  *pick({ line: id }: { line: string }, { sender }: ChatContext) {
    const line = this.find(id);
    yield replace(sender, lineList(this.network.lines, id));
    yield hiddenContext(`The user has chosen the ${line.name} (id ${id}) for the new station.`);
    yield clientEffect('choose_end', { line: id }); // the map lets the user click an end
    yield respond(`I choose the ${line.name}.`); // the agent asks for what is still missing
  }

  @OnAction(placeStation, { fromWidgetOnly: false }) // the page itself sends it
  place({ line, end }: { line: string; end: End }) {
    return respond(`Build the station at the ${end} stop of the ${this.find(line).name} (id ${line}).`);
  }

  private find(id: string): Line {
    const line = this.network.line(id);
    if (line === undefined) throw new NotFoundError('There is no such line.');
    return line;
  }
}
