import type { VisibleItem } from 'chatkit-controllers/client';

/** The plain text of an item, to copy and search it. Items are not validated; malformed parts are skipped. */
export function textOfItem(item: VisibleItem): string {
  switch (item.type) {
    case 'user_message':
    case 'assistant_message':
      return partsIn(item.content).join('');
    case 'widget':
      return typeof item.copy_text === 'string' ? item.copy_text : textsIn(item.widget).join('\n');
    case 'task':
      return textsIn(item.task).join('\n');
    case 'workflow':
      return textsIn(item.workflow).join('\n');
    case 'structured_input':
      return textsIn(item.inputs).join('\n');
    case 'client_tool_call':
      return String(item.name);
    default:
      return '';
  }
}

/** The texts of a message's parts, without their sources. */
function partsIn(content: unknown): string[] {
  const parts: unknown[] = Array.isArray(content) ? content : [];
  return parts.map((part) => {
    const { text } = Object(part) as { text?: unknown };
    return typeof text === 'string' ? text : '';
  });
}

const TEXT_KEYS = new Set(['value', 'label', 'title', 'content', 'question', 'text', 'placeholder']);

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (TEXT_KEYS.has(key) ? [inner] : []) : textsIn(inner),
  );
}
