import type { RunContext } from '../context';
import type { ThreadItem, ThreadStreamEvent } from '../protocol';

/** Shows an item that leaves the server, where it is a widget, to the app's `inspectWidget`. */
export function inspectItem(item: ThreadItem, ctx: RunContext): void {
  if (item.type === 'widget') ctx.services.inspectWidget?.(item.widget, ctx, { itemId: item.id });
}

/** Shows the widget that an event sends, where there is one. */
export function inspectEvent(event: ThreadStreamEvent, ctx: RunContext): void {
  const { inspectWidget } = ctx.services;
  if (inspectWidget === undefined) return;
  if ('item' in event) {
    inspectItem(event.item, ctx);
  } else if (event.type === 'thread.item.updated') {
    const { item_id: itemId, update } = event;
    if (update.type === 'widget.root.updated') inspectWidget(update.widget, ctx, { itemId });
    // The form around a component is not in the event.
    else if (update.type === 'widget.component.updated')
      inspectWidget(update.component, ctx, { itemId, partial: true });
  }
}
