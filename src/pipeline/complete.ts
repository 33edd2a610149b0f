import { signItem, type EventDraft, type ItemDraft, type RunContext, type WidgetChange } from '../context';
import { DeveloperError } from '../errors';
import {
  assertEvent,
  conformEvent,
  conformItem,
  type ThreadItem,
  type ThreadItemType,
  type ThreadItemUpdatedEvent,
  type ThreadStreamEvent,
  type WidgetComponent,
} from '../protocol';
import { type IdKind, timeText } from '../store';

const ID_KIND: Readonly<Record<ThreadItemType, IdKind>> = {
  user_message: 'message',
  assistant_message: 'message',
  client_tool_call: 'tool_call',
  widget: 'widget',
  generated_image: 'image',
  structured_input: 'structured_input',
  workflow: 'workflow',
  task: 'task',
  end_of_turn: 'end_of_turn',
  hidden_context_item: 'hidden_context',
  sdk_hidden_context: 'sdk_hidden_context',
};

/** The kind of id for an item of this type. */
export function idKindOf(type: ThreadItemType): IdKind {
  return ID_KIND[type];
}

/** A protocol event, or a widget change, whose widget is created when it is persisted. */
export type CompletedEvent = ThreadStreamEvent | WidgetChange;

/**
 * Fills in what a handler may leave out: an item's id, thread and time, and the protocol's defaults. Signs
 * actions that must be signed, and removes fields that the protocol does not have. After this, the same data
 * is kept, stored and sent. The draft is not changed.
 *
 * @throws DeveloperError `wrong_thread`, `invalid_event`
 */
export function complete(draft: EventDraft, ctx: RunContext): CompletedEvent {
  switch (draft.type) {
    case 'thread.item.added':
    case 'thread.item.done':
      return { type: draft.type, item: completeItem(draft.item, ctx, draft.type) };
    case 'thread.item.replaced':
      if (!('change' in draft)) return { type: draft.type, item: completeItem(draft.item, ctx, draft.type) };
      assertId(draft.item_id, 'item_id', draft.type);
      return draft;
    default:
      if (ctx.services.check === true) assertEvent(draft);
      if ('item_id' in draft) assertId(draft.item_id, 'item_id', draft.type);
      return completeOther(conformEvent(draft), ctx);
  }
}

type OtherEvent = Exclude<ThreadStreamEvent, { item: ThreadItem }>;

function completeOther(event: OtherEvent, ctx: RunContext): OtherEvent {
  switch (event.type) {
    case 'thread.item.updated':
      return ctx.services.signer === undefined ? event : signUpdate(event, ctx);
    case 'error':
      // The client's only retry runs the responder again, never the action.
      return event.allow_retry && ctx.action !== null ? { ...event, allow_retry: false } : event;
    default:
      return event;
  }
}

/** @param type the type of the event for which the item is completed */
export function completeItem(
  draft: ItemDraft,
  ctx: RunContext,
  type: 'thread.item.added' | 'thread.item.done' | 'thread.item.replaced' = 'thread.item.done',
): ThreadItem {
  const item = withHead(draft, ctx);
  assertId(item.id, 'item.id', type);
  if (ctx.services.check === true) assertEvent({ type, item });
  const { signer } = ctx.services;
  const conforming = conformItem(item);
  return signer === undefined ? conforming : signItem(conforming, signer, ctx.owner);
}

/** Stores cannot find an item whose id is not a string. Other fields of a wrong type are stored unchanged. */
function assertId(id: unknown, path: string, type: string): void {
  if (typeof id === 'string') return;
  const message = `expected string, got ${id === null ? 'null' : typeof id}`;
  throw new DeveloperError(
    'invalid_event',
    `A handler yielded an invalid "${type}" event: ${path}: ${message}.`,
    'Use the id of the item, from ctx.sender or an event of this run.',
    { issues: [{ path, message }] },
  );
}

/** Signs a new state of a widget, or of one of its components, in the same way as the item. */
function signUpdate(event: ThreadItemUpdatedEvent, ctx: RunContext): ThreadItemUpdatedEvent {
  const { item_id: itemId, update } = event;
  const place = { owner: ctx.owner, threadId: ctx.threadId, itemId };
  const sign = <T extends WidgetComponent>(component: T): T =>
    ctx.services.signer?.sign(component, place) ?? component;
  switch (update.type) {
    case 'widget.root.updated':
      return { ...event, update: { ...update, widget: sign(update.widget) } };
    case 'widget.component.updated':
      return { ...event, update: { ...update, component: sign(update.component) } };
    default:
      return event;
  }
}

function withHead(item: ItemDraft, ctx: RunContext): ThreadItem {
  const threadId = ctx.threadId;
  if (item.thread_id !== undefined && item.thread_id !== threadId) {
    throw new DeveloperError(
      'wrong_thread',
      `An item of thread "${item.thread_id}" was given to thread "${threadId}".`,
      'Leave out thread_id: it is filled in.',
    );
  }
  if (item.id !== undefined && item.thread_id !== undefined && item.created_at !== undefined) {
    return item as ThreadItem;
  }
  const id = item.id ?? ctx.services.generateId(ID_KIND[item.type]);
  const created_at = item.created_at ?? timeText(ctx.services.now);
  // Our fields come first: V8 takes a slow path for fields after a spread, at ten times the cost of the rest.
  const completed = { id, thread_id: threadId, created_at, ...item };
  // An explicit `id: undefined` in the item has replaced our id.
  return Object.assign(completed, { id, thread_id: threadId, created_at });
}
