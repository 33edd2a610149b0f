import { isRecord } from '../protocol';
import type { WidgetAction } from './widget-actions';

/** A form field whose value never reaches the server. */
export interface FormCollision {
  /** The field's name in the control: `todo.title`. */
  readonly field: string;
  /** What has taken its place: a key of the widget's payload, or another field. */
  readonly by: 'payload' | 'field';
  /** The path of that key, or the other field's name; `''` if the payload is not an object. */
  readonly key: string;
}

/**
 * Returns the form fields around an action that the client drops because their place in the payload is taken.
 * The widget's own payload takes precedence, and a value cannot be added below one that is not an object. A
 * dotted name is a path.
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

/** The path at which the payload already has a value where the field, or a parent of it, belongs. */
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
