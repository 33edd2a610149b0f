import { classTransformer, type Class, type TransformParams } from '../metadata';
import { toBoolean, toDate, toNumber, toText } from './text-values';

const CONVERSIONS = new Map<unknown, (value: unknown) => unknown>([
  [String, toText],
  [Number, toNumber],
  [Boolean, toBoolean],
  [Date, toDate],
]);

/** Where the function of a `@FormList` says what list it makes. */
const FORM_LIST = Symbol.for('chatkit-controllers.form-list');

/** What `@FormList` makes of a value. */
export interface ListReader {
  /** The entries of a list, or of an object whose keys are their places; else `undefined`. */
  entries(value: unknown): readonly unknown[] | undefined;
  /** Converts the text of an entry; `undefined` where entries are objects of a class, or left alone. */
  convert(): ((value: unknown) => unknown) | undefined;
}

/** The list that a function of `@Transform` makes, if `@FormList` put it there. */
export function listReader(transform: object): ListReader | undefined {
  return (transform as { [FORM_LIST]?: ListReader })[FORM_LIST];
}

type EntryType = Class | StringConstructor | NumberConstructor | BooleanConstructor | DateConstructor;

/**
 * A list whose entries come from controls of their own, named `items.0`, `items.1` or
 * `items.0.name`: an object of such keys becomes a list in their order, without gaps. A list stays one.
 *
 * @param type gives the entries' class, as `@Type` does, or `String`, `Number`, `Boolean` or `Date`, to
 *   which text is then converted as by the decorators above.
 * @example
 * `@FormList(() => Guest)` `@ValidateNested({ each: true })` guests!: Guest[]; // guests.0.name, guests.1.name
 * `@FormList(() => Number)` `@IsInt({ each: true })` scores!: number[]; // scores.0, scores.1
 */
export function FormList(type?: () => EntryType): PropertyDecorator {
  const reader: ListReader = {
    entries: entriesOf,
    convert: () => (type === undefined ? undefined : CONVERSIONS.get(type())),
  };
  // Payloads are read by `reader`; this is for those who call class-transformer themselves.
  const transform = ({ value, obj, key, options }: TransformParams): unknown => {
    const given: unknown = (obj as Record<string, unknown>)[key];
    const entries = entriesOf(given);
    if (entries === undefined) return value;
    const convert = reader.convert();
    if (convert !== undefined) return entries.map(convert);
    // Of a list `@Type` has made instances already.
    return type === undefined || Array.isArray(given)
      ? (entriesOf(value) ?? value)
      : classTransformer().plainToInstance(type(), entries, options);
  };
  const library = classTransformer();
  const listed = library.Transform(Object.assign(transform, { [FORM_LIST]: reader }), { toClassOnly: true });
  return (target, key) => {
    // Not for text: `@Type` would convert it its own way.
    if (type !== undefined) library.Type(() => (CONVERSIONS.has(type()) ? Object : type()))(target, key);
    listed(target, key);
  };
}

/** The entries of a list, or of an object whose keys are their places. */
function entriesOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([key]) => /^\d{1,9}$/.test(key))) return undefined;
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, entry]): unknown => entry);
}
