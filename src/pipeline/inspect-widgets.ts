import type { RunContext } from '../context';
import type { ThreadItem, ThreadStreamEvent } from '../protocol';

/** Passes an item that is sent to the client to the app's `inspectWidget`, if it is a widget. */
export function inspectItem(item: ThreadItem, ctx: RunContext): void {
  if (item.type === 'widget') ctx.services.inspectWidget?.(item.widget, ctx, { itemId: item.id });
}

/** Passes the widget that an event sends to `inspectWidget`, if there is one. */
export function inspectEvent(event: ThreadStreamEvent, ctx: RunContext): void {
  const { inspectWidget } = ctx.services;
  if (inspectWidget === undefined) return;
  if ('item' in event) {
    inspectItem(event.item, ctx);
  } else if (event.type === 'thread.item.updated') {
    const { item_id: itemId, update } = event;
    if (update.type === 'widget.root.updated') inspectWidget(update.widget, ctx, { itemId });
    // The event does not contain the form around a component.
    else if (update.type === 'widget.component.updated')
      inspectWidget(update.component, ctx, { itemId, partial: true });
  }
}
