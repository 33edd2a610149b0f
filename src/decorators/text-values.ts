// Converts the values of form controls, mostly text, for the fields of a DTO. A value that cannot be
// converted stays unchanged, so that the validator reports it.

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i; // matches in only one way, since clients choose the text
const DATE = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

export function toText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return text === '' ? undefined : text; // a cleared control
}

export function toNumber(value: unknown): unknown {
  const text = toText(value);
  if (typeof text !== 'string' || !NUMBER.test(text)) return text === undefined ? undefined : value;
  const number = Number(text);
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isExact ? number : value;
}

export function toBoolean(value: unknown): unknown {
  const text = toText(value);
  if (text === undefined) return undefined;
  return text === 'true' ? true : text === 'false' ? false : value;
}

export function toDate(value: unknown): unknown {
  const text = toText(value);
  const [all, day, time, zone] = typeof text === 'string' ? (DATE.exec(text) ?? []) : [];
  if (all === undefined || day === undefined) return text === undefined ? undefined : value;
  const midnight = new Date(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day); // rejects 30 February
  const date = new Date(time !== undefined && zone === undefined ? `${all}Z` : all);
  return isDay && !Number.isNaN(date.getTime()) ? date : value;
}
