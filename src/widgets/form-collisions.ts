import { isRecord } from '../protocol';
import type { WidgetAction } from './widget-actions';

/** A field of a form whose value never arrives. */
export interface FormCollision {
  /** The field's name, as the control has it: `todo.title`. */
  readonly field: string;
  /** What takes its place: a key of the payload that the widget gives, or another field. */
  readonly by: 'payload' | 'field';
  /** The path of that key, or the other field's name; `''` for a payload that is no object. */
  readonly key: string;
}

/**
 * The fields around an action that the client drops, as their place in the payload is taken: the
 * widget's own payload comes first, and no value fits below one that is no object. A dotted name is a
 * path.
 *
 * @example
 * // { payload: { todo: { title: 'Tea' } } } inside a form with an Input named 'todo.title'
 * formCollisions(action); // [{ field: 'todo.title', by: 'payload', key: 'todo.title' }]
 */
export function formCollisions({ config, fields }: WidgetAction): FormCollision[] {
  return fields.flatMap((field): FormCollision[] => {
    const key = takenKey(config.payload, field);
    if (key !== undefined) return [{ field, by: 'payload', key }];
    const other = fields.find((name) => field.startsWith(`${name}.`));
    return other === undefined ? [] : [{ field, by: 'field', key: other }];
  });
}

/** The path at which a payload has something already where the field's value, or a way to it, belongs. */
function takenKey(payload: unknown, field: string): string | undefined {
  if (payload === undefined || payload === null) return undefined;
  if (!isRecord(payload)) return '';
  const segments = field.split('.');
  let place = payload;
  for (const [index, segment] of segments.entries()) {
    const value = Object.hasOwn(place, segment) ? place[segment] : undefined;
    if (value === undefined || value === null) return undefined; // nulls in widgets are not sent
    if (!isRecord(value) || index === segments.length - 1) return segments.slice(0, index + 1).join('.');
    place = value;
  }
  return undefined;
}
