import { setTimeout as delay } from 'node:timers/promises';
import { IsString } from 'class-validator';
import {
  assistantMessage,
  assistantMessageStream,
  ChatController,
  Context,
  defineAction,
  OnAction,
  OnMessage,
  Payload,
  replace,
  Sender,
  UseGuards,
  UserMessage,
  widget,
  type ChatContext,
  type UserMessageItem,
  type WidgetItem,
} from 'chatkit-controllers';
import { ListView, ListViewItem, Text } from 'chatkit-controllers/widgets';
import { Books, type Book } from './books.js';
import { MembersOnly, type Visitor } from './members.js';

class BookRef {
  @IsString() id!: string;
}

const borrowBook = defineAction('book.borrow', BookRef);

const shelf = (books: readonly Book[]) =>
  ListView({
    children: books.map(({ id, title, lentTo }) =>
      ListViewItem({
        key: id,
        children: Text({ value: lentTo === undefined ? title : `${title} (lent)` }),
        ...(lentTo === undefined && { onClickAction: borrowBook({ id }) }),
      }),
    ),
  });

/** A provider of LibraryModule, so that Nest injects what its constructor takes. */
@ChatController()
export class LibraryController {
  constructor(private readonly books: Books) {}

  @OnMessage()
  async *reply(@UserMessage() message: UserMessageItem | null, @Context() { signal }: ChatContext<Visitor>) {
    if (message?.content[0]?.text === '/slow') yield assistantMessageStream(slowly(signal));
    yield assistantMessage('Which book would you like?');
    yield widget(shelf(this.books.all()));
  }

  @OnAction(borrowBook)
  @UseGuards(MembersOnly)
  *borrow(
    @Payload() { id }: BookRef,
    @Sender() sender: WidgetItem | null,
    @Context() ctx: ChatContext<Visitor>,
  ) {
    const { title } = this.books.lend(id, ctx.requestContext.userId);
    if (sender !== null) yield replace(sender, shelf(this.books.all()));
    yield assistantMessage(`You have “${title}” now.`);
  }
}

/** An answer that takes a minute, to see what happens to it when the app closes. */
async function* slowly(signal: AbortSignal): AsyncGenerator<string> {
  for (let second = 60; second > 0; second -= 1) {
    yield `${String(second)} `;
    await delay(1_000, undefined, { signal });
  }
}
