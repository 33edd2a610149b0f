import type { WidgetRoot } from '../../src/protocol';

/** A widget with a number in it. */
export function counter(count: number): WidgetRoot {
  return { type: 'Card', children: [{ type: 'Text', id: 'count', value: String(count) }] };
}

/** The number in such a widget. */
export function countOf(root: WidgetRoot): number {
  const [text] = root['children'] as { value: string }[];
  return Number(text?.value);
}
