import type { ThreadItemUpdate, WidgetComponent } from '../protocol';

type TextDelta = Extract<ThreadItemUpdate, { type: 'widget.streaming_text.value_delta' }>;

interface StreamedText extends WidgetComponent {
  id: string;
  value: string;
}

/** The text appended to a text component with an id; `undefined` if anything else about the text differs. */
export function textDelta(before: WidgetComponent, after: WidgetComponent): TextDelta | undefined {
  if (!isText(before) || !isText(after) || !after.value.startsWith(before.value)) return undefined;
  return {
    type: 'widget.streaming_text.value_delta',
    component_id: after.id,
    delta: after.value.slice(before.value.length),
    done: after['streaming'] !== true,
  };
}

function isText(component: WidgetComponent): component is StreamedText {
  const { type, id, value } = component;
  return (
    (type === 'Text' || type === 'Markdown') &&
    typeof id === 'string' &&
    id !== '' &&
    typeof value === 'string'
  );
}
