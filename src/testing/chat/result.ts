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

/** The result of one request: what the client received, and what the store contains afterwards. */
export interface ChatResult {
  /** All events that the client read, in order. */
  readonly events: readonly ThreadStreamEvent[];
  /** The texts of the assistant's messages of this run, as the page shows them. */
  readonly messages: readonly string[];
  /** The widgets that this run added or replaced, as the page shows them, the oldest first. */
  readonly widgets: readonly WidgetItem[];
  /** The items that this run replaced in place, in order. */
  readonly replaced: readonly VisibleItem[];
  /** The client effects of this run. */
  readonly effects: readonly ClientEffectEvent[];
  /** The hidden items that were stored during this run. */
  readonly hiddenContext: readonly HiddenItem[];
  /** The error event of the run, if it sent one. `logs` contains the error behind it. */
  readonly error: ErrorEvent | undefined;
  /** The thread as the page shows it after this run. */
  readonly thread: ThreadState;
  /** All items of the thread in the store, including hidden ones, the oldest first. */
  readonly items: readonly ThreadItem[];
  /** What the app logged during this run; empty if the app has its own logger. */
  readonly logs: readonly LogLine[];
}

/** The data for a result. */
export interface ResultParts {
  events: readonly ThreadStreamEvent[];
  /** The item that a sync action returned. */
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

/** The ids of added items. */
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
