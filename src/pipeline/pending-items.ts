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
  private readonly items = new Map<string, string | ThreadItem>();

  get(id: string): ThreadItem | undefined {
    const item = this.items.get(id);
    if (typeof item !== 'string') return item;
    const parsed = JSON.parse(item) as ThreadItem;
    this.items.set(id, parsed);
    return parsed;
  }

  list(): ThreadItem[] {
    return [...this.items.keys()].flatMap((id) => this.get(id) ?? []);
  }

  /** Whether an event is about a part of a message so far ahead that it cannot be kept. */
  isBeyond(event: ThreadStreamEvent): boolean {
    if (event.type !== 'thread.item.updated' || !('content_index' in event.update)) return false;
    const item = this.get(event.item_id);
    return item?.type === 'assistant_message' && isFarAhead(item, event.update.content_index);
  }

  /** @param text of the event's item, if that is at hand */
  note(event: ThreadStreamEvent, text?: string): void {
    switch (event.type) {
      case 'thread.item.added':
        this.items.set(event.item.id, text ?? writeItem(event.item));
        break;
      case 'thread.item.updated': {
        const item = this.get(event.item_id);
        // Hidden ones have no updates.
        if (item !== undefined)
          this.items.set(item.id, applyUpdate(item as VisibleItem, copyOf(event.update)));
        break;
      }
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
