import { EXPAND, type Composite, type EventDraft } from '../context';
import type { WidgetItem, WidgetRoot } from '../protocol';
import { iterable } from './iterable';
import { diffWidget, type WidgetUpdate } from '../widgets';

/** Options of {@link widget}. */
export interface WidgetOptions {
  /** The text that the copy button puts on the clipboard. */
  copyText?: string;
}

/**
 * Sends a widget as a new item.
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

/** Options of {@link streamWidget}. */
export interface StreamWidgetOptions extends WidgetOptions {
  /**
   * Whether a change inside a component with an `id` is sent as an update of that component instead of the
   * whole widget. Default: `false`, since the reference implementation never sends such updates.
   */
  componentUpdates?: boolean;
}

/**
 * Streams a widget that changes while it is shown: yield each state, first to last. Appended text in a `Text`
 * or `Markdown` with an `id` is sent as a delta. Any other change sends the whole widget, or with
 * `componentUpdates` only the changed components. Create a new object for each state, since each state is
 * compared with the next. If the same object is yielded again, it is sent whole.
 *
 * @example
 * yield streamWidget(async function* () {
 *   for await (const text of story) yield card(text);
 * });
 */
export function streamWidget(
  states: (() => AsyncIterable<WidgetRoot> | Iterable<WidgetRoot>) | AsyncIterable<WidgetRoot>,
  options: StreamWidgetOptions = {},
): Composite {
  return {
    async *[EXPAND](ctx) {
      let item: WidgetItem | undefined;
      for await (const state of iterable(states, 'streamWidget')) {
        if (item === undefined) {
          item = {
            id: ctx.store.generateId('widget'),
            thread_id: ctx.thread.id,
            created_at: ctx.store.now(),
            type: 'widget',
            widget: state,
            copy_text: options.copyText,
          };
          yield { type: 'thread.item.added', item };
          continue;
        }
        for (const update of updatesBetween(item.widget, state, options)) {
          yield { type: 'thread.item.updated', item_id: item.id, update };
        }
        item = { ...item, widget: state };
      }
      if (item !== undefined) yield { type: 'thread.item.done', item };
    },
  };
}

/** If the same object is yielded again, it was changed in place, and its earlier state is unknown. */
function updatesBetween(
  before: WidgetRoot,
  after: WidgetRoot,
  options: StreamWidgetOptions,
): readonly WidgetUpdate[] {
  if (before === after) return [{ type: 'widget.root.updated', widget: after }];
  return diffWidget(before, after, options);
}
