import { characters, Float, type Host, Iter, Markup, Tuple, Undefined, View, type Value } from './values';

/** A value as `{{ … }}` prints it: Python's `str()`. */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Undefined) return value.orEmpty('');
  return repr(value);
}

/** A value as printed inside a list or dict: Python's `repr()`. */
export function repr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? integerText(value) : floatText(value);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Tuple) return `(${value.map(repr).join(', ')}${value.length === 1 ? ',' : ''})`;
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(repr).join(', ')}]`;
  if (value instanceof Map) return dictText(value);
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Markup) return `Markup(${quoted(value.text)})`;
  if (value instanceof View)
    return value.description ?? `${value.type}([${value.items.map(repr).join(', ')}])`;
  if (value instanceof Iter) return '<generator object>';
  return (value as Host).describe();
}

export function dictText(dict: ReadonlyMap<Value, Value>): string {
  return `{${Array.from(dict, ([key, value]) => `${repr(key)}: ${repr(value)}`).join(', ')}}`;
}

const integerText = (value: number): string =>
  Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();

/** Uses the digits of JavaScript, with an exponent from 1e16 and below 1e-4. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

const ESCAPES = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const UNPRINTABLE = /[\\\p{C}\p{Z}]/u;

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escape = (character: string): string => {
    if (character === quote) return `\\${character}`;
    if (character === ' ' || !UNPRINTABLE.test(character)) return character;
    return ESCAPES.get(character) ?? escapedCode(character.codePointAt(0) ?? 0);
  };
  return quote + characters(text).map(escape).join('') + quote;
}

function escapedCode(code: number): string {
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
