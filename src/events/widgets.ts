import { EXPAND, type Composite, type EventDraft } from '../context';
import type { WidgetItem, WidgetRoot } from '../protocol';
import { diffWidget } from '../widgets';

export interface WidgetOptions {
  /** What the copy button puts on the clipboard. */
  copyText?: string;
}

/**
 * A widget, as a new item.
 *
 * @example
 * yield widget({ type: 'Card', children: [{ type: 'Text', value: 'Hello' }] }, { copyText: 'Hello' });
 */
export function widget(root: WidgetRoot, options: WidgetOptions = {}): EventDraft {
  return {
    type: 'thread.item.done',
    item: { type: 'widget', widget: root, copy_text: options.copyText },
  };
}

/**
 * A widget that changes while it is shown: each state of it, first to last. Text that grows in a
 * `Text` or `Markdown` with an `id` is sent as what was appended; any other change sends the widget.
 *
 * @example
 * yield streamWidget(async function* () {
 *   for await (const text of story) yield card(text);
 * });
 */
export function streamWidget(
  states: (() => AsyncIterable<WidgetRoot> | Iterable<WidgetRoot>) | AsyncIterable<WidgetRoot>,
  options: WidgetOptions = {},
): Composite {
  return {
    async *[EXPAND](ctx) {
      let item: WidgetItem | undefined;
      for await (const state of typeof states === 'function' ? states() : states) {
        if (item === undefined) {
          item = {
            id: ctx.store.generateId('widget'),
            thread_id: ctx.thread.id,
            created_at: new Date().toISOString(),
            type: 'widget',
            widget: state,
            copy_text: options.copyText,
          };
          yield { type: 'thread.item.added', item };
          continue;
        }
        for (const update of diffWidget(item.widget, state)) {
          yield { type: 'thread.item.updated', item_id: item.id, update };
        }
        item = { ...item, widget: state };
      }
      if (item !== undefined) yield { type: 'thread.item.done', item };
    },
  };
}
