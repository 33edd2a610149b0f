import type { ThreadState } from '../../client';
import {
  isVisible,
  type AssistantMessageItem,
  type ClientEffectEvent,
  type ErrorEvent,
  type HiddenItem,
  type ThreadItem,
  type ThreadStreamEvent,
  type VisibleItem,
  type WidgetItem,
} from '../../protocol';
import type { LogLine } from '../recorded-log';

/** What came of one request: what the client was sent, and what the store holds after it. */
export interface ChatResult {
  /** All events that the client read, in order. */
  readonly events: readonly ThreadStreamEvent[];
  /** The texts of the assistant's messages of this run, as the page shows them. */
  readonly messages: readonly string[];
  /** The widgets that this run added or replaced, as the page shows them; of several the oldest first. */
  readonly widgets: readonly WidgetItem[];
  /** The items that this run replaced in their place, in order. */
  readonly replaced: readonly VisibleItem[];
  /** The client effects of this run. */
  readonly effects: readonly ClientEffectEvent[];
  /** The hidden items that the store got during this run. */
  readonly hiddenContext: readonly HiddenItem[];
  /** The error event that the run sent, if it did. `logs` says what was behind it. */
  readonly error: ErrorEvent | undefined;
  /** The thread as the page shows it after this run. */
  readonly thread: ThreadState;
  /** All items of the thread in the store, hidden ones too, the oldest first. */
  readonly items: readonly ThreadItem[];
  /** What the app logged during this run; empty where the app has a logger of its own. */
  readonly logs: readonly LogLine[];
}

/** What a result is made of. */
export interface ResultParts {
  events: readonly ThreadStreamEvent[];
  /** What a sync action answered with. */
  updated?: VisibleItem | undefined;
  thread: ThreadState;
  before: readonly ThreadItem[];
  items: readonly ThreadItem[];
  logs: readonly LogLine[];
}

export function toResult({ events, updated, thread, before, items, logs }: ResultParts): ChatResult {
  const replaced = events
    .flatMap((event) => (event.type === 'thread.item.replaced' ? [event.item] : []))
    .filter(isVisible);
  if (updated !== undefined) replaced.push(updated);
  const shown = thread.items.filter(isOneOf(new Set([...replaced.map(({ id }) => id), ...newIn(events)])));
  const known = new Set(before.map(({ id }) => id));
  return {
    events,
    messages: shown.filter(isAssistantMessage).map(textOf),
    widgets: shown.filter((item) => item.type === 'widget'),
    replaced,
    effects: events.filter((event) => event.type === 'client_effect'),
    hiddenContext: items.filter((item) => !isVisible(item)).filter(({ id }) => !known.has(id)),
    error: events.find((event) => event.type === 'error'),
    thread,
    items,
    logs,
  };
}

/** The ids of items that appeared. */
function newIn(events: readonly ThreadStreamEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'thread.item.added' || event.type === 'thread.item.done' ? [event.item.id] : [],
  );
}

function isOneOf(ids: ReadonlySet<string>): (item: VisibleItem) => boolean {
  return ({ id }) => ids.has(id);
}

function isAssistantMessage(item: VisibleItem): item is AssistantMessageItem {
  return item.type === 'assistant_message';
}

function textOf({ content }: AssistantMessageItem): string {
  return content.map(({ text }) => text).join('');
}
