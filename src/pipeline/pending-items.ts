import { updateWidget } from '../client/apply-update';
import type {
  AssistantMessageItem,
  ThreadItem,
  ThreadItemUpdate,
  ThreadStreamEvent,
  WorkflowItem,
} from '../protocol';

/**
 * The items that were added and are not yet done, as far as they have come: what there is of an
 * answer when it is cut off.
 */
export class PendingItems {
  private readonly items = new Map<string, ThreadItem>();

  get(id: string): ThreadItem | undefined {
    return this.items.get(id);
  }

  list(): ThreadItem[] {
    return [...this.items.values()];
  }

  note(event: ThreadStreamEvent): void {
    switch (event.type) {
      case 'thread.item.added':
        // A copy: the handler may go on writing into its own item.
        this.items.set(event.item.id, structuredClone(event.item));
        break;
      case 'thread.item.updated': {
        const item = this.items.get(event.item_id);
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

/** Whether a message has any text worth keeping. */
export function hasText(item: AssistantMessageItem): boolean {
  return item.content.some((part) => part.text.trim() !== '');
}

function applyUpdate(item: ThreadItem, update: ThreadItemUpdate): void {
  if (item.type === 'assistant_message') applyToMessage(item, update);
  else if (item.type === 'workflow') applyToWorkflow(item, update);
  else if (item.type === 'widget') item.widget = updateWidget(item, update).widget;
  else if (item.type === 'generated_image' && update.type === 'generated_image.updated')
    item.image = update.image;
}

function applyToMessage({ content }: AssistantMessageItem, update: ThreadItemUpdate): void {
  if (!('content_index' in update) || update.content_index > content.length + PARTS_AHEAD) return;
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
      part.annotations.splice(update.annotation_index, 0, update.annotation);
      break;
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      content[update.content_index] = structuredClone(update.content);
      break;
  }
}

function applyToWorkflow({ workflow }: WorkflowItem, update: ThreadItemUpdate): void {
  if (update.type === 'workflow.task.added') workflow.tasks.push(update.task);
  else if (update.type === 'workflow.task.updated') workflow.tasks[update.task_index] = update.task;
}
