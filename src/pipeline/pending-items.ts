import {
  applyUpdate,
  isFarAhead,
  writeItem,
  type AssistantMessageItem,
  type ThreadItem,
  type ThreadItemUpdate,
  type ThreadStreamEvent,
  type VisibleItem,
} from '../protocol';

/**
 * The items that were added and are not yet done, as far as they have come: what there is of an
 * answer when it is cut off. They are made of the text that was sent, since the handler may go on
 * writing into its own item; and only when they are asked for, since most are done before.
 */
export class PendingItems {
  private readonly items = new Map<string, PendingItem>();

  get(id: string): ThreadItem | undefined {
    return this.items.get(id)?.item;
  }

  list(): ThreadItem[] {
    return Array.from(this.items.values(), ({ item }) => item);
  }

  /** Whether an event is about a part of a message so far ahead that it cannot be kept. */
  isBeyond(event: ThreadStreamEvent): boolean {
    return (
      event.type === 'thread.item.updated' && this.items.get(event.item_id)?.isBeyond(event.update) === true
    );
  }

  /** @param text of the event's item, if that is at hand */
  note(event: ThreadStreamEvent, text?: string): void {
    switch (event.type) {
      case 'thread.item.added':
        this.items.set(event.item.id, new PendingItem(text ?? writeItem(event.item)));
        break;
      case 'thread.item.updated':
        this.items.get(event.item_id)?.update(event.update); // hidden ones have no updates
        break;
      case 'thread.item.done':
      case 'thread.item.replaced':
        this.items.delete(event.item.id);
        break;
      case 'thread.item.removed':
        this.items.delete(event.item_id);
        break;
      default:
        break;
    }
  }
}

type TextDelta = Extract<ThreadItemUpdate, { type: 'assistant_message.content_part.text_delta' }>;

class PendingItem {
  private parsed: VisibleItem | undefined;
  /** Deltas of one part that came one after the other, joined: an answer has thousands of them. */
  private tail: TextDelta | undefined;

  constructor(private readonly text: string) {}

  get item(): VisibleItem {
    this.parsed ??= JSON.parse(this.text) as VisibleItem;
    if (this.tail !== undefined) this.parsed = applyUpdate(this.parsed, this.tail);
    this.tail = undefined;
    return this.parsed;
  }

  isBeyond(update: ThreadItemUpdate): boolean {
    if (!('content_index' in update) || update.content_index === this.tail?.content_index) return false;
    const { item } = this;
    return item.type === 'assistant_message' && isFarAhead(item, update.content_index);
  }

  update(update: ThreadItemUpdate): void {
    const { tail } = this;
    if (update.type !== 'assistant_message.content_part.text_delta') {
      this.parsed = applyUpdate(this.item, copyOf(update));
    } else if (tail?.content_index === update.content_index) tail.delta += update.delta;
    else {
      this.parsed = this.item;
      this.tail = { ...update };
    }
  }
}

/** Blanks alone, as Python sees them: the same texts are kept as in the reference. */
// eslint-disable-next-line no-control-regex -- Python takes some of them for blanks
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** Whether a message has any text worth keeping. */
export function hasText(item: AssistantMessageItem): boolean {
  return item.content.some((part) => !BLANK.test(part.text));
}

/** A copy as it is sent and stored: the handler may go on writing into its own. */
function copyOf(update: ThreadItemUpdate): ThreadItemUpdate {
  return 'delta' in update ? update : (JSON.parse(JSON.stringify(update)) as ThreadItemUpdate);
}
