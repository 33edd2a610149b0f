import { classTransformer, type Class, type TransformParams } from '../metadata';
import { toBoolean, toDate, toNumber, toText } from './text-values';

const CONVERSIONS = new Map<unknown, (value: unknown) => unknown>([
  [String, toText],
  [Number, toNumber],
  [Boolean, toBoolean],
  [Date, toDate],
]);

/** The key of the {@link ListReader} on the transform function of a `@FormList`. */
const FORM_LIST = Symbol.for('chatkit-controllers.form-list');

/** Reads a value as `@FormList` does. */
export interface ListReader {
  /** The entries of a list, or of an object whose keys are indexes; otherwise `undefined`. */
  entries(value: unknown): readonly unknown[] | undefined;
  /**
   * Returns the function that converts the text of an entry; `undefined` if entries are objects of a class or
   * unchanged.
   */
  convert(): ((value: unknown) => unknown) | undefined;
}

/** The list reader of a `@Transform` function, if `@FormList` created it. */
export function listReader(transform: object): ListReader | undefined {
  return (transform as { [FORM_LIST]?: ListReader })[FORM_LIST];
}

type EntryType = Class | StringConstructor | NumberConstructor | BooleanConstructor | DateConstructor;

/**
 * A list whose entries come from separate controls, named `items.0`, `items.1` or `items.0.name`. An object
 * with such keys becomes a list in their order, without gaps. A list stays a list.
 *
 * @param type Returns the class of the entries, as for `@Type`, or `String`, `Number`, `Boolean` or `Date`,
 *   to which text is then converted as by `@FormText`, `@FormNumber`, `@FormBoolean` and `@FormDate`.
 * @example
 * `@FormList(() => Guest)` `@ValidateNested({ each: true })` guests!: Guest[]; // guests.0.name, guests.1.name
 * `@FormList(() => Number)` `@IsInt({ each: true })` scores!: number[]; // scores.0, scores.1
 */
export function FormList(type?: () => EntryType): PropertyDecorator {
  const reader: ListReader = {
    entries: entriesOf,
    convert: () => (type === undefined ? undefined : CONVERSIONS.get(type())),
  };
  // Payloads are read with `reader`. This is for apps that call class-transformer directly.
  const transform = ({ value, obj, key, options }: TransformParams): unknown => {
    const given: unknown = (obj as Record<string, unknown>)[key];
    const entries = entriesOf(given);
    if (entries === undefined) return value;
    const convert = reader.convert();
    if (convert !== undefined) return entries.map(convert);
    // If the value is a list, `@Type` has already created the instances.
    return type === undefined || Array.isArray(given)
      ? (entriesOf(value) ?? value)
      : classTransformer().plainToInstance(type(), entries, options);
  };
  const library = classTransformer();
  const listed = library.Transform(Object.assign(transform, { [FORM_LIST]: reader }), { toClassOnly: true });
  return (target, key) => {
    // Not for primitives, which `@Type` would convert by its own rules.
    if (type !== undefined) library.Type(() => (CONVERSIONS.has(type()) ? Object : type()))(target, key);
    listed(target, key);
  };
}

/** The entries of a list, or of an object whose keys are indexes. */
function entriesOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([key]) => /^\d{1,9}$/.test(key))) return undefined;
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, entry]): unknown => entry);
}
