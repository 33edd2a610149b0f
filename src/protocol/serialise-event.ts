import { conformEvent } from './conform';
import type { ThreadStreamEvent } from './events';
import { stringifyWithoutNulls } from './nulls';
import { serialiseThread, wireText, writeItem } from './serialise';

/** Of events and updates, only the data of an effect and of an entity source is the application's own. */
const FREE_FORM_KEYS: ReadonlySet<string> = new Set(['data']);

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
      return stringifyWithoutNulls(event, FREE_FORM_KEYS);
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
