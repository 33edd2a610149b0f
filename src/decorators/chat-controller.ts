import { changeClassMetadata, classMetadata } from '../metadata';
import { misuse, type ClassDecoration } from './decoration';
import { classPlace } from './place';

/**
 * Marks a class as a controller: its decorated methods handle what the chat sends.
 *
 * @param prefix joined with a dot to the names and patterns of its actions. Action definitions and RegExps
 *   stand for whole names and get none.
 * @throws TypeError when the prefix is no string, or the decorator stands elsewhere than on a class.
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
      throw misuse('@ChatController', place.where, 'it is there twice.');
    }
    changeClassMetadata(place.target, () => ({ controller: Object.freeze({ prefix }) }));
  };
}
