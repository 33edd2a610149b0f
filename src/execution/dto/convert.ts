import { toBoolean, toDate, toNumber } from '../../decorators';
import { isRecord } from '../../protocol';

/*
 * What `@Type(() => Number)` and the like make of a value that came. class-transformer calls the type
 * whatever the value is: '' becomes 0, 'false' becomes true, an object becomes "[object Object]", true
 * becomes a moment in 1970, and the validator beside them lets that pass. Here a value is converted
 * that says the same as text, and any other stays as it came, so that the validator names it.
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

/** ISO text, or milliseconds since 1970. As `Date` has it, a time without a zone is local. */
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

/** How a value is made one of a built-in type; `undefined` of other types. */
export function conversionTo(type: unknown): ((value: unknown) => unknown) | undefined {
  return CONVERSIONS.get(type);
}

export type JsonObject = Record<string, unknown>;

/** A copy of JSON, so that handlers share nothing with the payload as it came. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isRecord(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) copy[key] = copyOf(value[key]);
  return copy;
}
