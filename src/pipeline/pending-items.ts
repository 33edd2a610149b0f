import { updateWidget } from '../client/apply-update';
import {
  writeItem,
  type AssistantMessageItem,
  type ThreadItem,
  type ThreadItemUpdate,
  type ThreadStreamEvent,
  type WorkflowItem,
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
        if (item !== undefined) applyUpdate(item, event.update);
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

/** How far ahead of a message's parts an update may be: an index out of all bounds must not fill the memory. */
const PARTS_AHEAD = 100;

function isFarAhead({ content }: AssistantMessageItem, index: number): boolean {
  return index > content.length + PARTS_AHEAD;
}

/** Blanks alone, as Python sees them: the same texts are kept as in the reference. */
// eslint-disable-next-line no-control-regex -- Python takes some of them for blanks
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** Whether a message has any text worth keeping. */
export function hasText(item: AssistantMessageItem): boolean {
  return item.content.some((part) => !BLANK.test(part.text));
}

/** A copy as it is sent and stored: nobody else writes into it. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function applyUpdate(item: ThreadItem, update: ThreadItemUpdate): void {
  if (item.type === 'assistant_message') applyToMessage(item, update);
  else if (item.type === 'workflow') applyToWorkflow(item, update);
  else if (item.type === 'widget') item.widget = updateWidget(item, update).widget;
  else if (item.type === 'generated_image' && update.type === 'generated_image.updated')
    item.image = copyOf(update.image);
}

function applyToMessage(item: AssistantMessageItem, update: ThreadItemUpdate): void {
  if (!('content_index' in update) || isFarAhead(item, update.content_index)) return;
  const { content } = item;
  // An update may come for a part that nobody announced.
  while (content.length <= update.content_index) {
    content.push({ type: 'output_text', text: '', annotations: [] });
  }
  const part = content[update.content_index];
  if (part === undefined) return;
  switch (update.type) {
    case 'assistant_message.content_part.text_delta':
      part.text += update.delta;
      break;
    case 'assistant_message.content_part.annotation_added':
      part.annotations.splice(update.annotation_index, 0, copyOf(update.annotation));
      break;
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      content[update.content_index] = copyOf(update.content);
      break;
  }
}

function applyToWorkflow({ workflow }: WorkflowItem, update: ThreadItemUpdate): void {
  if (update.type === 'workflow.task.added') workflow.tasks.push(copyOf(update.task));
  else if (update.type === 'workflow.task.updated' && update.task_index in workflow.tasks)
    workflow.tasks[update.task_index] = copyOf(update.task);
}
