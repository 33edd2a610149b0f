import { escapeHtml } from './escape-html';
import { JinjaError } from '../jinja-error';
import { digitsOf, isNegative } from './number-format';
import { integer } from './numbers';
import { repr, str } from './print';
import {
  characters,
  isList,
  isNumber,
  Markup,
  plainText,
  Tuple,
  typeName,
  Undefined,
  type Value,
} from './values';

const PLACEHOLDER = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?(.)?/gsu;

/** `text % values`, Python's printf style. The filter `format` uses it too. */
export function percentFormat(template: string | Markup, values: Value): Value {
  // Unused values of a mapping are allowed. In Python this also applies to lists.
  const isMap = values instanceof Map || isList(values) || values instanceof Undefined;
  const queue: readonly Value[] = values instanceof Tuple ? values : [values];
  const show = template instanceof Markup ? escapeHtml : str;
  let used = 0;
  const next = (): Value => {
    const value = queue[used];
    if (value === undefined) throw new JinjaError('not enough arguments for format string');
    used += 1;
    return value;
  };
  const text = plainText(template).replace(
    PLACEHOLDER,
    (_, key?: string, flags = '', width?: string, precision?: string, type?: string) => {
      if (type === '%') return '%';
      if (type === undefined) throw new JinjaError('incomplete format');
      const chosenWidth = width === '*' ? integer(next(), 0) : Number(width ?? 0);
      const chosenPrecision = precision === '*' ? integer(next(), 0) : precision && Number(precision);
      const places = precision === '' ? 0 : chosenPrecision === '' ? undefined : chosenPrecision;
      const value = key === undefined ? next() : byKey(values, key);
      return placed(value, { flags: flags as string, width: chosenWidth, places, type }, show);
    },
  );
  if (!isMap && used < queue.length)
    throw new JinjaError('not all arguments converted during string formatting');
  return template instanceof Markup ? new Markup(text) : text;
}

function byKey(values: Value, key: string): Value {
  if (!(values instanceof Map)) throw new JinjaError('format requires a mapping');
  const value = values.get(key);
  if (value === undefined) throw new JinjaError(`there is no key '${key}' to format`);
  return value;
}

interface Placeholder {
  readonly flags: string;
  readonly width: number;
  readonly places: number | undefined;
  readonly type: string;
}

function placed(
  value: Value,
  { flags, width, places, type }: Placeholder,
  show: (value: Value) => string,
): string {
  const isLeft = flags.includes('-');
  if ('sra'.includes(type)) {
    const text = type === 's' ? show(value) : repr(value);
    return pad(places === undefined ? text : characters(text).slice(0, places).join(''), width, isLeft);
  }
  if (type === 'c')
    return pad(isNumber(value) ? String.fromCodePoint(integer(value, 0)) : str(value), width, isLeft);
  if (!'diufFeEgGxXo'.includes(type)) throw new JinjaError(`unsupported format character '${type}'`);
  if (!isNumber(value))
    throw new JinjaError(`%${type} format: a real number is required, not ${typeName(value)}`);
  const digits = digitsOf(value, type, places, flags.includes('#'));
  const isNegativeNumber = 'diu'.includes(type)
    ? isNegative(value) && /[1-9]/.test(digits)
    : isNegative(value);
  const sign = isNegativeNumber ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (flags.includes('0') && !isLeft) return sign + digits.padStart(width - sign.length, '0');
  return pad(sign + digits, width, isLeft);
}

const pad = (text: string, width: number, isLeft: boolean): string => {
  const missing = ' '.repeat(Math.max(0, width - characters(text).length));
  return isLeft ? text + missing : missing + text;
};
