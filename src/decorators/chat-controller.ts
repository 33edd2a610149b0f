import { changeClassMetadata, classMetadata } from '../metadata';
import { misuse, type ClassDecoration } from './decoration';
import { classPlace } from './place';

/**
 * Marks a class as a controller: its decorated methods handle requests of the chat.
 *
 * @param prefix Joined with a dot to the action names and patterns of the class. It is not added to action
 *   definitions and RegExps, which match whole names.
 * @throws TypeError when the prefix is not a string, or when the decorator is not on a class.
 * @example
 * `@ChatController('item')`
 * class ItemController {
 *   `@OnAction('select', { payload: SelectItem })` // handles item.select
 *   select({ id }: SelectItem) { return assistantMessage(`Selected ${id}.`); }
 * }
 */
export function ChatController(prefix = ''): ClassDecoration {
  return (type: unknown, context?: unknown) => {
    const place = classPlace(type, context);
    if (place === undefined) throw misuse('@ChatController', String(type), 'it belongs on a class.');
    if (typeof prefix !== 'string') {
      throw misuse('@ChatController', place.where, `the prefix must be a string, got ${typeof prefix}.`);
    }
    if (classMetadata(place.target)?.controller !== undefined) {
      throw misuse('@ChatController', place.where, 'it is used twice.');
    }
    changeClassMetadata(place.target, () => ({ controller: Object.freeze({ prefix }) }));
  };
}
