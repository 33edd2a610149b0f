import type { ThreadItemUpdate } from '../events';
import type { AssistantMessageContent, AssistantMessageItem } from '../items';
import { isIndex, isRecord } from '../guards';

/**
 * An update may arrive for a part that was not announced, but not for an index far beyond the existing parts.
 */
const MAX_PARTS_AHEAD = 100;

/** Whether the index is so far beyond the message's parts that the update is ignored. */
export function isFarAhead({ content }: AssistantMessageItem, index: number): boolean {
  return index > content.length + MAX_PARTS_AHEAD;
}

const EMPTY_PART: AssistantMessageContent = { type: 'output_text', text: '', annotations: [] };

/** Returns the message after an update of one of its parts. */
export function updateMessage(item: AssistantMessageItem, update: ThreadItemUpdate): AssistantMessageItem {
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done': {
      const { content } = update;
      return isRecord(content) ? withPart(item, update.content_index, () => content) : item;
    }
    case 'assistant_message.content_part.text_delta': {
      const { delta } = update;
      if (typeof delta !== 'string') return item;
      return withPart(item, update.content_index, (part) => ({ ...part, text: part.text + delta }));
    }
    case 'assistant_message.content_part.annotation_added': {
      const { annotation, annotation_index: index } = update;
      if (!isRecord(annotation) || !isIndex(index)) return item;
      return withPart(item, update.content_index, (part) => ({
        ...part,
        annotations: part.annotations.toSpliced(index, 0, annotation),
      }));
    }
    default:
      return item;
  }
}

function withPart(
  item: AssistantMessageItem,
  index: unknown,
  change: (part: AssistantMessageContent) => AssistantMessageContent,
): AssistantMessageItem {
  const content = Array.isArray(item.content) ? item.content.map(toPart) : [];
  if (!isIndex(index) || isFarAhead({ ...item, content }, index)) return item;
  while (content.length <= index) content.push(EMPTY_PART);
  return { ...item, content: content.with(index, change(content[index] ?? EMPTY_PART)) };
}

/** Returns the part itself, or a copy with the missing fields filled in. */
function toPart(part: Partial<AssistantMessageContent> | null): AssistantMessageContent {
  const { text, annotations } = part ?? {};
  if (typeof text === 'string' && Array.isArray(annotations)) return part as AssistantMessageContent;
  return {
    ...EMPTY_PART,
    ...part,
    text: typeof text === 'string' ? text : '',
    annotations: Array.isArray(annotations) ? annotations : [],
  };
}
