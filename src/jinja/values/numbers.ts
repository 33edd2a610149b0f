import { JinjaError } from '../jinja-error';
import {
  Float,
  float,
  isFloat,
  isNumber,
  isText,
  plainText,
  toNumber,
  typeName,
  Undefined,
  type Value,
} from './values';

/** An integer, where Python's function takes an `int`. */
export function integer(value: Value | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (value instanceof Undefined) return value.fail();
  if (isNumber(value) && !isFloat(value)) return toNumber(value);
  throw new JinjaError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}

export function real(value: Value): number {
  if (value instanceof Undefined) return value.fail();
  if (isNumber(value)) return toNumber(value);
  throw new JinjaError(`must be real number, not ${typeName(value)}`);
}

/** Python's `int(text)`, or `undefined` where Python raises an error. */
function parseInteger(text: string, base: number): number | undefined {
  const prefix = { 2: '(?:0[bB])?', 8: '(?:0[oO])?', 16: '(?:0[xX])?' }[base] ?? '';
  const match = new RegExp(`^\\s*([+-]?)${prefix}([0-9a-z]+(?:_[0-9a-z]+)*)\\s*$`, 'i').exec(text);
  if (match === null) return undefined;
  const digits = (match[2] ?? '').replaceAll('_', '').toLowerCase();
  if (Array.from(digits).some((digit) => Number.isNaN(parseInt(digit, base)))) return undefined;
  return (match[1] === '-' ? -1 : 1) * parseInt(digits, base) + 0;
}

const FLOAT = /^\s*[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?\s*$/i;
const SPECIAL_FLOAT = /^\s*([+-]?)(inf|infinity|nan)\s*$/i;

/** Python's `float(text)`, or `undefined` where Python raises an error. */
function parseFloatText(text: string): number | undefined {
  const special = SPECIAL_FLOAT.exec(text);
  if (special !== null) {
    const size = special[2]?.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
    return special[1] === '-' ? -size : size;
  }
  return FLOAT.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}

/** The conversion of the `float` filter, or `undefined` if it is impossible. */
export function toFloat(value: Value): number | undefined {
  if (value instanceof Undefined) return value.fail();
  if (isNumber(value)) return toNumber(value);
  return isText(value) ? parseFloatText(plainText(value)) : undefined;
}

/** The conversion of the `int` filter, or `undefined` if it is impossible. */
export function toInteger(value: Value, base: number): number | undefined {
  if (isText(value)) {
    const whole = parseInteger(plainText(value), base);
    if (whole !== undefined) return whole;
  }
  const number = toFloat(value);
  return number === undefined || !Number.isFinite(number) ? undefined : Math.trunc(number) + 0;
}

/** Rounds to a number of decimal digits as Python does: exactly, and ties to even. */
export function fixed(value: number, precision: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const digits = Math.min(precision, 100);
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const rounded = value.toFixed(digits);
  const exact = value.toFixed(100);
  const rest = exact.slice(exact.indexOf('.') + 1 + digits);
  const isTie = /^50*$/.test(rest);
  const lastDigit = Number(rounded.at(-1));
  if (!isTie || lastDigit % 2 === 0) return signed(rounded, value);
  // toFixed rounds ties away from zero, so the tie is cut off here to get the even neighbour.
  return signed(exact.slice(0, exact.length - rest.length).replace(/\.$/, ''), value);
}

/** Python keeps the sign of a value that rounds to zero. */
const signed = (text: string, value: number): string =>
  (value < 0 || Object.is(value, -0)) && !text.startsWith('-') ? `-${text}` : text;

/** Python's `round()`: a float stays one, an int an int. */
export function roundTo(value: Value, precision: number): Value {
  const number = real(value);
  if (!isFloat(value)) {
    if (precision >= 0) return number;
    const unit = 10 ** -precision;
    const [low, rest] = [Math.floor(number / unit), number - Math.floor(number / unit) * unit];
    const up = rest * 2 > unit || (rest * 2 === unit && low % 2 !== 0);
    return (up ? low + 1 : low) * unit + 0;
  }
  if (!Number.isFinite(number)) return number;
  if (precision >= 0) return float(Number(fixed(number, precision)));
  const unit = 10 ** -precision;
  return new Float(Number(fixed(number / unit, 0)) * unit);
}
