import { withSignalDefaults, withUpdateDefaults } from './defaults';
import type { ThreadStreamEvent } from './events';
import { stringifyWithoutNulls } from './nulls';
import { serialiseThread, serialiseWireItem } from './serialise';

/** Of events and updates, only the data of an effect and of an entity source is the application's own. */
const FREE_FORM_KEYS: ReadonlySet<string> = new Set(['data']);

/**
 * The JSON text of an event, ready for the stream. Hidden items and the metadata of threads and
 * attachments never come through.
 *
 * @param itemText What `serialiseItem` made of the event's item: the item is not written twice.
 * @throws Error for a hidden item or an unknown type: faults in the program, not in the request
 * @example socket.write(`data: ${serialiseEvent(event)}\n\n`);
 */
export function serialiseEvent(event: ThreadStreamEvent, itemText?: string): string {
  switch (event.type) {
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced':
      return `{"type":"${event.type}","item":${serialiseWireItem(event.item, itemText)}}`;
    case 'thread.created':
    case 'thread.updated':
      return `{"type":"${event.type}","thread":${serialiseThread(event.thread)}}`;
    case 'thread.item.updated': {
      const update = withUpdateDefaults(event.update);
      return stringifyWithoutNulls(update === event.update ? event : { ...event, update }, FREE_FORM_KEYS);
    }
    case 'thread.item.removed':
    case 'stream_options':
    case 'progress_update':
    case 'notice':
      return stringifyWithoutNulls(event, FREE_FORM_KEYS);
    case 'client_effect':
    case 'error':
      return stringifyWithoutNulls(withSignalDefaults(event), FREE_FORM_KEYS);
    default:
      return unknownEvent(event);
  }
}

function unknownEvent(event: never): never {
  const { type } = event as { type?: unknown };
  throw new Error(`There is no event of type ${String(type)} in the ChatKit protocol.`);
}
