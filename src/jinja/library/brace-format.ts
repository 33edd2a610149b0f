import { JinjaError } from '../jinja-error';
import { digitsOf, general, isNegative } from '../values/number-format';
import { repr, str } from '../values/print';
import {
  characters,
  isFloat,
  isNumber,
  isText,
  plainText,
  toNumber,
  typeName,
  type Kwargs,
  type Value,
} from '../values/values';

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::([^{}]*))?\}|[{}]/g;

type Lookup = (object: Value, name: string, isItem: boolean) => Value;

/** `'{} of {total:,}'.format(1, total=2000)`: Python's `str.format`. */
export function braceFormat(
  template: string,
  args: readonly Value[],
  kwargs: Kwargs,
  lookup: Lookup,
): string {
  let position = 0;
  let style: 'automatic' | 'manual' | undefined;
  return template.replace(FIELD, (whole: string, path?: string, conversion?: string, spec = '') => {
    if (whole === '{{' || whole === '}}') return whole.slice(1);
    if (path === undefined) throw new JinjaError(`single '${whole}' encountered in format string`);
    const [, first = '', rest = ''] = /^([^.[]*)(.*)$/s.exec(path) ?? [];
    const isAutomatic = first === '';
    if (/^\d*$/.test(first)) {
      const wanted = isAutomatic ? 'automatic' : 'manual';
      if ((style ??= wanted) !== wanted) throw new JinjaError('fields are either all numbered or none is');
    }
    const index = isAutomatic ? position++ : Number(first);
    let value = /^\d*$/.test(first) ? args[index] : kwargs.get(first);
    if (value === undefined)
      throw new JinjaError(`there is no argument '${first || String(index)}' to format`);
    for (const [, name, item] of rest.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
      value = lookup(value, name ?? item ?? '', name === undefined);
    }
    const converted = conversion === undefined ? value : conversion === 's' ? str(value) : repr(value);
    return formatted(converted, spec as string);
  });
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

/** Formats a value by a format specification such as `>8`, `05.1f`, `,`. */
function formatted(value: Value, spec: string): string {
  if (spec === '') return str(value);
  const match = SPEC.exec(spec);
  if (match === null) throw new JinjaError(`invalid format specifier '${spec}'`);
  const [, fill, align, sign, alternate, zero, width, grouping, precision, type] = match;
  const places = precision === undefined ? undefined : Number(precision);
  const filler = fill ?? (zero === undefined ? ' ' : '0');
  const size = Number(width ?? 0);
  if (isText(value)) {
    const isForNumbers =
      (type ?? 's') !== 's' || sign !== undefined || grouping !== undefined || align === '=';
    if (isForNumbers) throw new JinjaError(`format '${spec}' is for numbers, not for a text`);
    const text = plainText(value);
    const cut = places === undefined ? text : characters(text).slice(0, places).join('');
    return aligned('', cut, align ?? '<', filler, size);
  }
  if (!isNumber(value))
    throw new JinjaError(`unsupported format string passed to ${typeName(value)}.__format__`);
  const digits = grouped(numberDigits(value, type, places, alternate !== undefined), grouping);
  const mark = isNegative(value) ? '-' : sign === '+' || sign === ' ' ? sign : '';
  return aligned(mark, digits, align ?? (zero === undefined ? '>' : '='), filler, size);
}

function numberDigits(
  value: Value,
  type: string | undefined,
  places: number | undefined,
  alternate: boolean,
): string {
  if (type !== undefined) {
    const isOfType = type === 'd' ? !isFloat(value) && places === undefined : type !== 's';
    if (!isOfType)
      throw new JinjaError(`format code '${type}' does not fit a number of type ${typeName(value)}`);
    return digitsOf(value, type, places, alternate);
  }
  if (!isFloat(value)) return digitsOf(value, 'd', undefined, alternate);
  const size = Math.abs(toNumber(value as number));
  if (places === undefined) return repr(value).replace(/^-/, '');
  const text = general(size, places);
  return /[.en]/.test(text) ? text : `${text}.0`;
}

function grouped(digits: string, separator: string | undefined): string {
  if (separator === undefined) return digits;
  return digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, separator));
}

function aligned(sign: string, text: string, align: string, filler: string, width: number): string {
  const missing = Math.max(0, width - characters(text).length - sign.length);
  switch (align) {
    case '<':
      return sign + text + filler.repeat(missing);
    case '^':
      return filler.repeat(missing >> 1) + sign + text + filler.repeat(missing - (missing >> 1));
    case '=':
      return sign + filler.repeat(missing) + text;
    default:
      return filler.repeat(missing) + sign + text;
  }
}
