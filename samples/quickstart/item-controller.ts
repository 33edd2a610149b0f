import { setTimeout as delay } from 'node:timers/promises';
import {
  assistantMessage,
  assistantMessageFilter,
  assistantMessageStream,
  ChatController,
  clientEffect,
  Context,
  hiddenContext,
  OnAction,
  OnMessage,
  Payload,
  replace,
  respond,
  Sender,
  UseFilters,
  UseGuards,
  UserMessage,
  widget,
  type ChatContext,
  type GuardFunction,
  type UserMessageItem,
  type WidgetItem,
} from 'chatkit-controllers';
import {
  acceptConfirmation,
  Confirmation,
  dangerousAction,
  ItemRef,
  selectItem,
  SignUp,
  starItem,
  submitForm,
} from './actions';
import type { ItemService } from './items';
import { confirmationCard, confirmedCard, dangerCard, itemList, selectedIn, signUpForm } from './widgets';

/** Who asks; `context` in app.ts makes it of the request. */
export interface Visitor {
  userId: string;
  role: string;
}

const adminsOnly: GuardFunction = (ctx: ChatContext<Visitor>) => ctx.requestContext.role === 'admin';

@ChatController()
export class ItemController {
  constructor(private readonly items: ItemService) {}

  /** Answers every message, also the synthetic one of {@link submit}. A model would be asked here. */
  @OnMessage()
  async *reply(@UserMessage() message: UserMessageItem | null, @Context() ctx: ChatContext<Visitor>) {
    const said = textOf(message);
    yield said === '/slow'
      ? assistantMessageStream(slowly('This answer comes word by word, and you can stop it.', ctx.signal))
      : assistantMessage(`You said: “${said}”. Here is what you can do.`);
    const items = await this.items.all(ctx.store);
    yield widget(itemList(items));
    yield widget(signUpForm());
    const [next = items[0]] = items.filter(({ confirmed }) => !confirmed);
    if (next !== undefined) yield widget(confirmationCard(next));
    yield widget(dangerCard());
  }

  @OnAction(selectItem)
  async *select(
    @Payload() { id }: ItemRef,
    @Sender() sender: WidgetItem | null,
    @Context() { store }: ChatContext<Visitor>,
  ) {
    this.items.assertKnown(id);
    // A function, so that a star set at the same moment is not lost: it runs again on the fresh widget.
    if (sender !== null) yield replace(sender, async () => itemList(await this.items.all(store), id));
    yield hiddenContext(`<SELECTED>${id}</SELECTED>`);
    yield assistantMessage(`Selected ${id}. What next?`);
    yield clientEffect('selection_mode', { itemId: id });
  }

  /** Runs without a stream, and may run beside one: its definition is a sync one. */
  @OnAction(starItem)
  async star(
    @Payload() { id }: ItemRef,
    @Sender() sender: WidgetItem | null,
    @Context() { store }: ChatContext<Visitor>,
  ) {
    await this.items.toggleStar(store, id);
    if (sender === null) return undefined;
    return replace(sender, async (current) => itemList(await this.items.all(store), selectedIn(current)));
  }

  @OnAction(submitForm)
  submit(@Payload() { name, email }: SignUp) {
    return respond(`Form submitted: ${name}, ${email}`);
  }

  @OnAction(acceptConfirmation)
  async *accept(
    @Payload() { item_id }: Confirmation,
    @Sender() sender: WidgetItem | null,
    @Context() { store }: ChatContext<Visitor>,
  ) {
    const item = await this.items.confirm(store, item_id);
    if (sender !== null) yield replace(sender, confirmedCard(item));
    yield clientEffect('item_confirmed', { itemId: item_id });
  }

  @OnAction(dangerousAction)
  @UseGuards(adminsOnly)
  @UseFilters(assistantMessageFilter)
  danger() {
    return assistantMessage('Done. Nothing was harmed.');
  }
}

function textOf(message: UserMessageItem | null): string {
  return (
    message?.content
      .map(({ text }) => text)
      .join('')
      .trim() ?? ''
  );
}

async function* slowly(text: string, signal: AbortSignal): AsyncGenerator<string> {
  for (const word of text.split(/(?<= )/)) {
    yield word;
    await delay(150, undefined, { signal });
  }
}
