import { toBoolean, toDate, toNumber } from '../../decorators';
import { isRecord } from '../../protocol';

/*
 * Conversions for `@Type(() => Number)` and the like. class-transformer calls the type with any value:
 * '' becomes 0, 'false' becomes true, an object becomes "[object Object]", true becomes a date in 1970,
 * and the validators accept the result. Here a value is converted only if it is a valid text form of
 * the type; any other value stays as it was received, so that the validator reports it.
 */

function asNumber(value: unknown): unknown {
  return toNumber(value) ?? value;
}

function asBoolean(value: unknown): unknown {
  return toBoolean(value) ?? value;
}

function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** Takes ISO text, or milliseconds since 1970. As in `Date`, a time without a zone is local. */
function asDate(value: unknown): unknown {
  const isDate = typeof value === 'number' || toDate(value) instanceof Date;
  const date = new Date(isDate ? (value as string | number) : NaN);
  return Number.isNaN(date.getTime()) ? value : date;
}

function asBuffer(value: unknown): unknown {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

const CONVERSIONS = new Map<unknown, (value: unknown) => unknown>([
  [Number, asNumber],
  [Boolean, asBoolean],
  [String, asText],
  [Date, asDate],
  [Buffer, asBuffer],
]);

/** The conversion to a built-in type; `undefined` for other types. */
export function conversionTo(type: unknown): ((value: unknown) => unknown) | undefined {
  return CONVERSIONS.get(type);
}

export type JsonObject = Record<string, unknown>;

/** Copies a JSON value, so that handlers share no objects with the received payload. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isRecord(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) copy[key] = copyOf(value[key]);
  return copy;
}
