import type { Attachment } from './attachments';
import { withAttachmentDefaults, withItemDefaults } from './defaults';
import { isHiddenType, type ThreadItem, type ThreadItemType } from './items';
import { stringifyWithoutNulls } from './nulls';
import { isVisible, type StoredThread, toThreadHead } from './thread-response';
import type { Page, ThreadMetadata } from './threads';
import type { WidgetComponent } from './widgets';

/** The keys in an item below which lies the application's own data, where nulls stay. */
const FREE_FORM_KEYS: Readonly<Partial<Record<ThreadItemType, ReadonlySet<string>>>> = {
  user_message: new Set(['data', 'metadata']),
  assistant_message: new Set(['data']),
  client_tool_call: new Set(['arguments', 'output']),
};

/**
 * The JSON text of an item: the store's form, and the wire's where {@link serialiseWireItem} does not
 * say otherwise. Defaults are filled in, null protocol fields left out. Hidden items are written too,
 * for the store.
 *
 * @example await store.saveItem(scope, item, serialiseItem(item));
 */
export function serialiseItem(item: ThreadItem): string {
  if (isHiddenType(item.type)) return JSON.stringify(item);
  return stringifyWithoutNulls(withItemDefaults(item), FREE_FORM_KEYS[item.type]);
}

/** The last line of defence: hidden items are dropped long before. */
function assertVisible(item: ThreadItem): void {
  if (isVisible(item)) return;
  throw new Error(
    `Item ${item.id} (${item.type}) must never leave the server: drop hidden items before they are serialised for the client.`,
  );
}

/** How the text of a message shows that an attachment may carry `metadata`. */
const METADATA_KEY = '"metadata"';

/**
 * The text of an item that may go to the client: without the `metadata` of its attachments.
 *
 * @param text What {@link serialiseItem} made of the item, if that is at hand.
 * @throws Error for a hidden item: a fault in the program, not in the request
 */
export function serialiseWireItem(item: ThreadItem, text: string = serialiseItem(item)): string {
  assertVisible(item);
  if (item.type !== 'user_message' || !text.includes(METADATA_KEY)) return text;
  const copy = JSON.parse(text) as typeof item;
  for (const attachment of copy.attachments) delete attachment.metadata;
  return JSON.stringify(copy);
}

/**
 * A widget as the client gets it, and its actions' payloads as they come back: what is no JSON and
 * what is null is gone.
 */
export function widgetOnWire<T extends WidgetComponent>(widget: T): T {
  return (JSON.parse(stringifyWithoutNulls({ widget })) as { widget: T }).widget;
}

/** The JSON text of an attachment, without its `metadata`. */
export function serialiseAttachment(attachment: Attachment): string {
  return stringifyWithoutNulls({ ...withAttachmentDefaults(attachment), metadata: undefined });
}

/**
 * The JSON text of a page.
 *
 * @param serialise Writes one entry.
 * @example serialisePage(page, (item) => serialiseWireItem(item, texts.get(item.id)))
 */
export function serialisePage<T>(page: Page<T>, serialise: (entry: T) => string): string {
  const data = page.data.map((entry) => serialise(entry)).join(',');
  const rest = stringifyWithoutNulls({ has_more: page.has_more, after: page.after });
  return `{"data":[${data}],${rest.slice(1)}`;
}

/** The JSON text of a page of items: hidden ones are left out. */
export function serialiseItemPage(page: Page<ThreadItem>): string {
  return serialisePage({ ...page, data: page.data.filter(isVisible) }, (item) => serialiseWireItem(item));
}

/** The JSON text of a page of threads, each with empty `items`. */
export function serialiseThreadPage(page: Page<ThreadMetadata>): string {
  return serialisePage(page, (thread) => serialiseThread(toThreadHead(thread)));
}

const NO_ITEMS: Page<ThreadItem> = { data: [], has_more: false };

/** The JSON text of what `toThreadResponse` makes of a thread. */
export function serialiseThread(thread: StoredThread): string {
  const head = stringifyWithoutNulls(toThreadHead(thread));
  return `${head.slice(0, -1)},"items":${serialiseItemPage(thread.items ?? NO_ITEMS)}}`;
}

/**
 * The answer to a sync action: `{"updated_item":…}`, empty where no item was updated or a hidden one.
 *
 * @param text What {@link serialiseItem} made of the item, if that is at hand.
 */
export function serialiseUpdatedItem(item?: ThreadItem, text?: string): string {
  if (item === undefined || isHiddenType(item.type)) return '{}';
  return `{"updated_item":${serialiseWireItem(item, text)}}`;
}
