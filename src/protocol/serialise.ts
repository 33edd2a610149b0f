import type { Attachment } from './attachments';
import { asJson, conformAttachment, conformEvent, conformItem, knownHead, knownItem } from './conform';
import type { ThreadStreamEvent } from './events';
import { isHiddenType, isVisible } from './guards';
import type { ThreadItem, ThreadItemType } from './items';
import { notJson, refusePromises } from './not-json';
import { dropNullFields, type Json } from './nulls';
import { toThreadHead, type StoredThread } from './thread-response';
import type { Page, ThreadMetadata } from './threads';
import type { WidgetComponent } from './widgets';

/** The keys in an item below which lies the application's own data, where nulls stay. */
const FREE_FORM_KEYS: Readonly<Partial<Record<ThreadItemType, ReadonlySet<string>>>> = {
  user_message: new Set(['data', 'metadata']),
  assistant_message: new Set(['data']),
  client_tool_call: new Set(['arguments', 'output']),
};

/**
 * The JSON text of an item that conforms (see `conformItem`): the store's form, and the wire's where
 * {@link wireText} does not say otherwise. Null protocol fields are left out. Hidden items are written
 * too, for the store.
 */
export function writeItem(item: ThreadItem): string {
  if (isHiddenType(item.type)) return jsonText(item);
  return stringifyWithoutNulls(item, FREE_FORM_KEYS[item.type]);
}

/**
 * The JSON text of any item, made to conform.
 *
 * @throws DeveloperError for types that the protocol does not have
 * @example await store.saveItem(scope, item, serialiseItem(item));
 */
export function serialiseItem(item: ThreadItem): string {
  return writeItem(conformItem(item));
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
 * @param text What {@link writeItem} made of the item.
 * @throws Error for a hidden item: a bug in the program, no error of the request
 */
export function wireText(item: ThreadItem, text: string): string {
  assertVisible(item);
  if (item.type !== 'user_message' || !text.includes(METADATA_KEY)) return text;
  const copy = JSON.parse(text) as typeof item;
  for (const attachment of copy.attachments) delete attachment.metadata;
  return JSON.stringify(copy);
}

/** The text of any item that may go to the client. */
export function serialiseWireItem(item: ThreadItem, text: string = serialiseItem(item)): string {
  return wireText(item, text);
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
  return stringifyWithoutNulls({ ...conformAttachment(attachment), metadata: undefined });
}

/**
 * The JSON text of a page, entry by entry: all of them may be more than one text can hold.
 *
 * @param serialise Writes one entry; `undefined` leaves it out.
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

/** The JSON text of a page of items, in pieces: hidden ones are left out, and what is not of the protocol. */
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

/** The JSON text of what `toThreadResponse` makes of a thread, in pieces. */
export function* threadPieces(thread: StoredThread): Generator<string, void, undefined> {
  const head = Object.entries(knownHead(toThreadHead(thread)));
  const fields = fieldTexts(Object.fromEntries(head.map(([key, value]) => [key, fieldText(value)])));
  yield `{${[...fields, '"items":'].join(',')}`;
  yield* itemPagePieces(thread.items ?? NO_ITEMS);
  yield '}';
}

/** The JSON text of what `toThreadResponse` makes of a thread. */
export function serialiseThread(thread: StoredThread): string {
  return [...threadPieces(thread)].join('');
}

/**
 * The answer to a sync action: `{"updated_item":…}`, empty where no item was updated or a hidden one.
 *
 * @param text What {@link writeItem} made of the item, if that is at hand.
 */
export function serialiseUpdatedItem(item?: ThreadItem, text?: string): string {
  if (item === undefined || isHiddenType(item.type)) return '{}';
  return objectText({ updated_item: serialiseWireItem(item, text) });
}

/** Of events and updates, only the data of an effect and of an entity source is the application's own. */
const FREE_FORM_EVENT_KEYS: ReadonlySet<string> = new Set(['data']);

/**
 * The JSON text of an event that conforms (see `conformEvent`), ready for the stream. Hidden items and
 * the metadata of threads and attachments never come through.
 *
 * @param itemText What `writeItem` made of the event's item: the item is not written twice.
 * @throws Error for a hidden item: a bug in the program, no error of the request
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
 * The JSON text of any event, made to conform.
 *
 * @throws DeveloperError for types that the protocol does not have
 */
export function serialiseEvent(event: ThreadStreamEvent): string {
  return writeEvent(conformEvent(event));
}

const NO_KEYS: ReadonlySet<string> = new Set();

/** A null as a value, not inside a word. A text that quotes one in a string costs only the slow path. */
const NULL_VALUE = /[:[,]null[,\]}]/;

/** Its type promises a text for everything. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

/**
 * The JSON text of a value that has one: `undefined` must not become a part of another text.
 *
 * @throws DeveloperError `not_json`, with the path of what is wrong
 */
function jsonText(value: unknown): string {
  let text: string | undefined;
  try {
    text = stringify(value);
  } catch (error) {
    throw notJson(value, error);
  }
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON text.`);
  // Only where JSON has written one so are promises looked for.
  if (text.includes('{}')) refusePromises(value);
  return text;
}

/** The JSON text of an object, of the texts of its fields; those that are undefined are left out. */
function objectText(fields: Readonly<Record<string, string | undefined>>): string {
  return `{${fieldTexts(fields).join(',')}}`;
}

/** The fields of an object, each as JSON text; those that are undefined are left out. */
function fieldTexts(fields: Readonly<Record<string, string | undefined>>): string[] {
  const parts: string[] = [];
  for (const key in fields) {
    const text = fields[key];
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return parts;
}

/**
 * The JSON text of a protocol value without the nulls that the wire leaves out. The value itself is
 * not touched. Few values hold a null, so each is written in one go and only a text that may hold one
 * is gone through with care.
 *
 * @param freeForm Keys whose values are the application's own data, to be left alone.
 */
function stringifyWithoutNulls(value: unknown, freeForm: ReadonlySet<string> = NO_KEYS): string {
  const text = jsonText(value);
  if (!NULL_VALUE.test(text)) return text;
  // From the text, not the value: what JSON makes null (NaN, a hole in an array) is met here too.
  const copy = JSON.parse(text) as Json;
  dropNullFields(copy, freeForm);
  return JSON.stringify(copy);
}
