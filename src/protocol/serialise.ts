import type { Attachment } from './attachments';
import { asJson, conformAttachment, conformEvent, conformItem, knownHead, knownItem } from './conform';
import type { ThreadItemUpdatedEvent, ThreadStreamEvent } from './events';
import { isHiddenType, isVisible } from './guards';
import type { ThreadItem, ThreadItemType } from './items';
import { notJson, refusePromises } from './not-json';
import { dropNullFields, type Json } from './nulls';
import { toThreadHead, type StoredThread } from './thread-response';
import type { Page, ThreadMetadata } from './threads';
import type { WidgetComponent } from './widgets';

/** Keys of an item whose values are the app's own data. Nulls inside them are kept. */
const FREE_FORM_KEYS: Readonly<Partial<Record<ThreadItemType, ReadonlySet<string>>>> = {
  user_message: new Set(['data', 'metadata']),
  assistant_message: new Set(['data']),
  client_tool_call: new Set(['arguments', 'output']),
};

/**
 * The JSON text of an item that already conforms (see `conformItem`). Stores keep this text, and the client
 * receives it unless {@link wireText} changes it. Null protocol fields are left out. Hidden items are written
 * too, for the store.
 */
export function writeItem(item: ThreadItem): string {
  if (isHiddenType(item.type)) return jsonText(item);
  return stringifyWithoutNulls(item, FREE_FORM_KEYS[item.type]);
}

/**
 * The JSON text of any item, after making it conform to the protocol.
 *
 * @throws DeveloperError for an item type that the protocol does not have
 * @example await store.saveItem(scope, item, serialiseItem(item));
 */
export function serialiseItem(item: ThreadItem): string {
  return writeItem(conformItem(item));
}

/** A last check: hidden items are dropped long before. */
function assertVisible(item: ThreadItem): void {
  if (isVisible(item)) return;
  throw new Error(
    `Item ${item.id} (${item.type}) must never be sent to the client: drop hidden items before they are serialised.`,
  );
}

/** Only a message text that contains this may have an attachment with `metadata`. */
const METADATA_KEY = '"metadata"';

/**
 * The text of an item for the client, without the `metadata` of its attachments.
 *
 * @param text The result of {@link writeItem} for the item.
 * @throws Error for a hidden item, which is a bug in the program and not an error of the request
 */
export function wireText(item: ThreadItem, text: string): string {
  assertVisible(item);
  if (item.type !== 'user_message' || !text.includes(METADATA_KEY)) return text;
  const copy = JSON.parse(text) as typeof item;
  for (const attachment of copy.attachments) delete attachment.metadata;
  return JSON.stringify(copy);
}

/** The text of any item for the client. */
export function serialiseWireItem(item: ThreadItem, text: string = serialiseItem(item)): string {
  return wireText(item, text);
}

/**
 * A widget as the client receives it, with action payloads as they will come back: without nulls and without
 * values that JSON cannot hold.
 */
export function widgetOnWire<T extends WidgetComponent>(widget: T): T {
  return (JSON.parse(stringifyWithoutNulls({ widget })) as { widget: T }).widget;
}

/** The JSON text of an attachment, without its `metadata`. */
export function serialiseAttachment(attachment: Attachment): string {
  return stringifyWithoutNulls({ ...conformAttachment(attachment), metadata: undefined });
}

/**
 * The JSON text of a page, one entry at a time, since the whole page may exceed the length limit of a string.
 *
 * @param serialise Writes one entry. If it returns `undefined`, the entry is left out.
 * @example [...pagePieces(page, (item) => serialiseWireItem(item))].join('')
 */
export function* pagePieces<T>(
  { data, has_more, after }: Partial<Page<T>>,
  serialise: (entry: T) => string | undefined,
): Generator<string, void, undefined> {
  let before = '{"data":[';
  for (const entry of data ?? []) {
    const text = serialise(entry);
    if (text === undefined) continue;
    yield before + text;
    before = ',';
  }
  const rest = fieldTexts({ has_more: jsonText(has_more ?? false), after: fieldText(after) });
  yield `${before === ',' ? '' : before}],${rest.join(',')}}`;
}

function fieldText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : stringifyWithoutNulls(value);
}

/**
 * The JSON text of a page of items, in pieces. Hidden items and items that the protocol does not have are
 * left out.
 */
export function itemPagePieces(page: Page<ThreadItem>): Generator<string, void, undefined> {
  return pagePieces(asJson(page) as Partial<Page<ThreadItem>>, (item) => {
    const known = isVisible(item) ? knownItem(item) : undefined;
    return known && wireText(known, writeItem(known));
  });
}

/** The JSON text of a page of threads, each with empty `items`, in pieces. */
export function threadPagePieces(page: Page<ThreadMetadata>): Generator<string, void, undefined> {
  return pagePieces(page, (thread) => serialiseThread(toThreadHead(thread)));
}

const NO_ITEMS: Page<ThreadItem> = { data: [], has_more: false };

/** The JSON text of the result of `toThreadResponse`, in pieces. */
export function* threadPieces(thread: StoredThread): Generator<string, void, undefined> {
  const head = Object.entries(knownHead(toThreadHead(thread)));
  const fields = fieldTexts(Object.fromEntries(head.map(([key, value]) => [key, fieldText(value)])));
  yield `{${[...fields, '"items":'].join(',')}`;
  yield* itemPagePieces(thread.items ?? NO_ITEMS);
  yield '}';
}

/** The JSON text of the result of `toThreadResponse`. */
export function serialiseThread(thread: StoredThread): string {
  return [...threadPieces(thread)].join('');
}

/**
 * The response to a sync action: `{"updated_item":…}`, or `{}` if no item or a hidden item was updated.
 *
 * @param text The result of {@link writeItem} for the item, if the caller has it.
 */
export function serialiseUpdatedItem(item?: ThreadItem, text?: string): string {
  if (item === undefined || isHiddenType(item.type)) return '{}';
  return objectText({ updated_item: serialiseWireItem(item, text) });
}

/** In events and updates, only the data of an effect and of an entity source is the app's own. */
const FREE_FORM_EVENT_KEYS: ReadonlySet<string> = new Set(['data']);

/**
 * The JSON text of an event that already conforms (see `conformEvent`), ready for the stream. It never
 * contains hidden items or the metadata of threads and attachments.
 *
 * @param itemText The result of `writeItem` for the event's item, so that the item is not written twice.
 * @throws Error for a hidden item, which is a bug in the program and not an error of the request
 * @example socket.write(`data: ${writeEvent(event)}\n\n`);
 */
export function writeEvent(event: ThreadStreamEvent, itemText?: string): string {
  switch (event.type) {
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced': {
      const { type, item } = event;
      return `{"type":"${type}","item":${wireText(item, itemText ?? writeItem(item))}}`;
    }
    case 'thread.created':
    case 'thread.updated':
      return `{"type":"${event.type}","thread":${serialiseThread(event.thread)}}`;
    case 'thread.item.updated':
      return writeTextDelta(event) ?? stringifyWithoutNulls(event, FREE_FORM_EVENT_KEYS);
    case 'thread.item.removed':
    case 'stream_options':
    case 'progress_update':
    case 'notice':
    case 'client_effect':
    case 'error':
      return stringifyWithoutNulls(event, FREE_FORM_EVENT_KEYS);
  }
}

/**
 * The JSON text of a text delta, by far the most frequent event, put together from its parts: that takes 0.23 us,
 * and `JSON.stringify` of the event with the search for nulls and promises 0.40. `undefined` for other updates.
 */
function writeTextDelta({ item_id, update }: ThreadItemUpdatedEvent): string | undefined {
  if (update.type !== 'assistant_message.content_part.text_delta') return undefined;
  const { type, content_index, delta } = update;
  if (typeof item_id !== 'string' || typeof delta !== 'string' || !Number.isSafeInteger(content_index)) {
    return undefined; // a handler in JavaScript: what is wrong with it is the slow path's business
  }
  return (
    `{"type":"thread.item.updated","item_id":${JSON.stringify(item_id)},` +
    `"update":{"type":"${type}","content_index":${String(content_index)},"delta":${JSON.stringify(delta)}}}`
  );
}

/**
 * The JSON text of any event, after making it conform to the protocol.
 *
 * @throws DeveloperError for types that the protocol does not have
 */
export function serialiseEvent(event: ThreadStreamEvent): string {
  return writeEvent(conformEvent(event));
}

const NO_KEYS: ReadonlySet<string> = new Set();

/** Matches a null value, but not the word inside another. A match in a string only costs the slow path. */
const NULL_VALUE = /[:[,]null[,\]}]/;

/** The built-in type claims a string result for every value. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

/**
 * The JSON text of a value. A value without JSON text is an error, so that `undefined` is never inserted into
 * other text.
 *
 * @throws DeveloperError `not_json`, with the path of the wrong value
 */
function jsonText(value: unknown): string {
  let text: string | undefined;
  try {
    text = stringify(value);
  } catch (error) {
    throw notJson(value, error);
  }
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON text.`);
  // JSON writes a promise as {}, so only then is the value searched for promises.
  if (text.includes('{}')) refusePromises(value);
  return text;
}

/** The JSON text of an object from the texts of its fields. Undefined fields are left out. */
function objectText(fields: Readonly<Record<string, string | undefined>>): string {
  return `{${fieldTexts(fields).join(',')}}`;
}

/** The fields of an object, each as JSON text. Undefined fields are left out. */
function fieldTexts(fields: Readonly<Record<string, string | undefined>>): string[] {
  const parts: string[] = [];
  for (const key in fields) {
    const text = fields[key];
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return parts;
}

/**
 * The JSON text of a protocol value without the nulls that the wire leaves out. The value is not changed. Few
 * values contain a null, so the value is first written in one call, and only text that may contain a null
 * takes the slower path.
 *
 * @param freeForm Keys whose values are the app's own data and stay unchanged.
 */
function stringifyWithoutNulls(value: unknown, freeForm: ReadonlySet<string> = NO_KEYS): string {
  const text = jsonText(value);
  if (!NULL_VALUE.test(text)) return text;
  // Parsed from the text, not copied from the value, to also find what JSON turns into null (NaN, array
  // holes).
  const copy = JSON.parse(text) as Json;
  dropNullFields(copy, freeForm);
  return JSON.stringify(copy);
}
