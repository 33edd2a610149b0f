import type { VisibleItem } from 'chatkit-controllers/client';

/** What an item says, as plain text: to copy it, to search in it. */
export function textOfItem(item: VisibleItem): string {
  switch (item.type) {
    case 'user_message':
    case 'assistant_message':
      return (item.content as readonly { text?: unknown }[])
        .map(({ text }) => (typeof text === 'string' ? text : ''))
        .join('');
    case 'widget':
      return item.copy_text ?? textsIn(item.widget).join('\n');
    case 'task':
      return textsIn(item.task).join('\n');
    case 'workflow':
      return textsIn(item.workflow).join('\n');
    case 'structured_input':
      return textsIn(item.inputs).join('\n');
    case 'client_tool_call':
      return item.name;
    default:
      return '';
  }
}

const TEXT_KEYS = new Set(['value', 'label', 'title', 'content', 'question', 'text', 'placeholder']);

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (TEXT_KEYS.has(key) ? [inner] : []) : textsIn(inner),
  );
}
