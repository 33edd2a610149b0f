import { EXPAND, type Composite, type EventDraft } from '../context';
import type { WidgetItem, WidgetRoot } from '../protocol';
import { iterable } from './iterable';
import { diffWidget, type WidgetUpdate } from '../widgets';

/** Options of {@link widget}. */
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

/** Options of {@link streamWidget}. */
export interface StreamWidgetOptions extends WidgetOptions {
  /**
   * Whether a change inside a component with an `id` is sent as that component alone, instead of the
   * whole widget (default `false`: the reference implementation never does so).
   */
  componentUpdates?: boolean;
}

/**
 * A widget that changes while it is shown: each state of it, first to last. Text that grows in a
 * `Text` or `Markdown` with an `id` is sent as what was appended; any other change sends the widget,
 * or with `componentUpdates` only the components that changed. Make each state anew: what was yielded
 * is compared with what comes next. The very same object again is sent whole.
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

/** A state that comes twice was changed in place: what it was before cannot be known. */
function updatesBetween(
  before: WidgetRoot,
  after: WidgetRoot,
  options: StreamWidgetOptions,
): readonly WidgetUpdate[] {
  if (before === after) return [{ type: 'widget.root.updated', widget: after }];
  return diffWidget(before, after, options);
}
