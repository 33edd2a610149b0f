import {
  plainToInstance,
  Transform,
  Type,
  type ClassConstructor,
  type TransformFnParams,
} from 'class-transformer';
import type { Class } from '../metadata';

// What a form's controls send, mostly text, as the field of a DTO wants it. What cannot be converted
// stays as it came, so that the validator beside the decorator names it.

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i; // no two ways to match: senders choose the text
const DATE = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

function toText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return text === '' ? undefined : text; // a control that was cleared
}

function toNumber(value: unknown): unknown {
  const text = toText(value);
  if (typeof text !== 'string' || !NUMBER.test(text)) return text === undefined ? undefined : value;
  const number = Number(text);
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isExact ? number : value;
}

function toBoolean(value: unknown): unknown {
  const text = toText(value);
  if (text === undefined) return undefined;
  return text === 'true' ? true : text === 'false' ? false : value;
}

function toDate(value: unknown): unknown {
  const text = toText(value);
  const [all, day, time, zone] = typeof text === 'string' ? (DATE.exec(text) ?? []) : [];
  if (all === undefined || day === undefined) return text === undefined ? undefined : value;
  const midnight = new Date(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day); // no 30th of February
  const date = new Date(time !== undefined && zone === undefined ? `${all}Z` : all);
  return isDay && !Number.isNaN(date.getTime()) ? date : value;
}

const CONVERSIONS = new Map<unknown, (value: unknown) => unknown>([
  [String, toText],
  [Number, toNumber],
  [Boolean, toBoolean],
  [Date, toDate],
]);

function converts(convert: (value: unknown) => unknown): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => convert(value), { toClassOnly: true });
}

/**
 * Text of a form, without the spaces around it: `undefined` when nothing is left, so that
 * `@IsOptional()` takes a control that was cleared.
 *
 * @example
 * `@FormText()` `@IsOptional()` `@IsEmail()` email?: string;
 */
export function FormText(): PropertyDecorator {
  return converts(toText);
}

/**
 * A number that a form sends as text. `''` becomes `undefined`; what is no number, or too large to be
 * exact, stays text, and `@IsNumber()` or `@IsInt()` name it.
 *
 * @example
 * `@FormNumber()` `@IsInt()` `@Min(1)` count!: number; // from '3'
 */
export function FormNumber(): PropertyDecorator {
  return converts(toNumber);
}

/**
 * A truth value that a form sends as text, `'true'` or `'false'`; checkboxes send true and false by
 * themselves. `''` becomes `undefined`, anything else stays as it came.
 *
 * @example
 * `@FormBoolean()` `@IsBoolean()` express!: boolean; // from a Select with the values 'true' and 'false'
 */
export function FormBoolean(): PropertyDecorator {
  return converts(toBoolean);
}

/**
 * A `Date` from the ISO text that a date picker sends; what names no zone is in UTC. `''`
 * becomes `undefined`; what is no date stays text, and `@IsDate()` names it.
 *
 * @example
 * `@FormDate()` `@IsDate()` day!: Date; // from '2026-03-01'
 */
export function FormDate(): PropertyDecorator {
  return converts(toDate);
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
  const listed = Transform(
    ({ value, obj, key, options }: TransformFnParams): unknown => {
      const entryType = type?.();
      if (entryType === undefined) return entriesOf(value) ?? value;
      const given: unknown = (obj as Record<string, unknown>)[key];
      const entries = entriesOf(given);
      const convert = CONVERSIONS.get(entryType);
      if (entries === undefined) return value;
      if (convert !== undefined) return entries.map(convert);
      // Of a list `@Type` has made instances already.
      return Array.isArray(given)
        ? value
        : plainToInstance(entryType as ClassConstructor<unknown>, entries, options);
    },
    { toClassOnly: true },
  );
  return (target, key) => {
    // Not for text: `@Type` would convert it its own way.
    if (type !== undefined) Type(() => (CONVERSIONS.has(type()) ? Object : type()))(target, key);
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
