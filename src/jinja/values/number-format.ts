import { JinjaError } from '../jinja-error';
import { fixed, real } from './numbers';
import { repr } from './print';
import { isFloat, isNumber, toNumber, typeName, type Value } from './values';

/**
 * Formats a number without its sign, by the letter of a format: `d`, `f`, `e`, `g`, `x`, `%` and the like.
 */
export function digitsOf(
  value: Value,
  type: string,
  precision: number | undefined,
  alternate: boolean,
): string {
  const size = Math.abs(real(value));
  switch (type) {
    case 'f':
    case 'F':
      return fixed(size, precision ?? 6);
    case '%':
      return `${fixed(size * 100, precision ?? 6)}%`;
    case 'e':
    case 'E':
      return cased(exponential(size, precision ?? 6), type);
    case 'g':
    case 'G':
    case 'n':
      return cased(general(size, precision ?? 6), type);
    case 'x':
    case 'X':
    case 'o':
    case 'b': {
      if (!isNumber(value) || isFloat(value)) {
        throw new JinjaError(`%${type} format: an integer is required, not ${typeName(value)}`);
      }
      const base = { x: 16, o: 8, b: 2 }[type.toLowerCase()] ?? 10;
      return cased(
        (alternate ? `0${type.toLowerCase()}` : '') + toNumber(value).toString(base).replace('-', ''),
        type,
      );
    }
    default:
      return repr(Math.trunc(size)).padStart(precision ?? 0, '0');
  }
}

export const isNegative = (value: Value): boolean => {
  const number = real(value);
  return number < 0 || (isFloat(value) && Object.is(number, -0));
};

const cased = (text: string, type: string): string =>
  type === type.toUpperCase() ? text.toUpperCase() : text;

const exponential = (size: number, precision: number): string =>
  Number.isFinite(size)
    ? size.toExponential(Math.min(precision, 100)).replace(/e([+-])(\d)$/, 'e$10$2')
    : fixed(size, 0);

/** At most `precision` significant digits, without trailing zeros. */
export function general(size: number, precision: number): string {
  if (!Number.isFinite(size)) return fixed(size, 0);
  const digits = Math.max(1, precision);
  const exponent = Number(size.toExponential(digits - 1).split('e')[1]);
  if (exponent >= -4 && exponent < digits) return withoutZeros(fixed(size, digits - 1 - exponent));
  const [mantissa = '', power = ''] = exponential(size, digits - 1).split('e');
  return `${withoutZeros(mantissa)}e${power}`;
}

const withoutZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
