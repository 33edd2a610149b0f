import type { ThreadItem, WidgetItem } from '../../protocol';

/** All of a widget item but its widget. */
export type WidgetHead = Omit<WidgetItem, 'widget'>;

const KEYS: ReadonlySet<string> = new Set([
  'id',
  'thread_id',
  'created_at',
  'type',
  'widget',
  'copy_text',
] satisfies (keyof WidgetItem)[]);

/** What is kept beside the text of a widget item, so that it can be handed out unparsed. */
export function widgetHead(item: ThreadItem): WidgetHead | undefined {
  if (item.type !== 'widget' || !Object.keys(item).every((key) => KEYS.has(key))) return undefined;
  const { id, thread_id, created_at, type, copy_text } = item;
  const head: WidgetHead = { id, thread_id, created_at, type };
  // As in the text, where null is left out.
  if (typeof copy_text === 'string') head.copy_text = copy_text;
  return head;
}

/**
 * A widget item whose widget is parsed when somebody looks at it: every action loads its sender, and
 * most replace the widget unread.
 */
export function lazyWidgetItem(head: WidgetHead, text: string): WidgetItem {
  let widget: WidgetItem['widget'] | undefined;
  return Object.defineProperty({ ...head } as WidgetItem, 'widget', {
    enumerable: true,
    configurable: true,
    get: () => (widget ??= (JSON.parse(text) as WidgetItem).widget),
    set: (changed: WidgetItem['widget']) => {
      widget = changed;
    },
  });
}
