import { createThreadState, reduceThread } from '../../../src/client';
import {
  serialiseEvent,
  type ThreadItemUpdate,
  type ThreadStreamEvent,
  type WidgetComponent,
  type WidgetItem,
} from '../../../src/protocol';

export function widgetItem(widget: WidgetComponent): WidgetItem {
  return {
    id: 'wgt_0123456789abcdef',
    thread_id: 'thr_0123456789abcdef',
    created_at: '2030-01-01T00:00:00.000Z',
    type: 'widget',
    widget,
  };
}

export function updateEvent(update: ThreadItemUpdate): ThreadStreamEvent {
  return { type: 'thread.item.updated', item_id: widgetItem({ type: '' }).id, update };
}

/** The bytes that events take in a stream. */
export function bytesOf(updates: readonly ThreadItemUpdate[]): number {
  return updates.reduce(
    (sum, update) => sum + Buffer.byteLength(`data: ${serialiseEvent(updateEvent(update))}\n\n`),
    0,
  );
}

/** A page that shows one widget, by what comes over the wire. */
export class Page {
  private state = createThreadState();

  constructor(first: WidgetComponent) {
    this.take({ type: 'thread.item.added', item: widgetItem(first) });
  }

  get widget(): WidgetComponent {
    return (this.state.items[0] as WidgetItem).widget;
  }

  update(updates: readonly ThreadItemUpdate[]): this {
    for (const update of updates) this.take(updateEvent(update));
    return this;
  }

  private take(event: ThreadStreamEvent): void {
    this.state = reduceThread(this.state, JSON.parse(serialiseEvent(event)) as ThreadStreamEvent);
  }
}

/** JSON that is the same for equal values: whatever the order of keys, null being as good as absent. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value))));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.filter((element) => element !== null).map(sorted);
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
