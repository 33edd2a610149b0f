import { JinjaError } from '../jinja-error';
import { compareValues } from './operators';
import { floatText } from './print';
import {
  Float,
  isFloat,
  isText,
  Markup,
  plainText,
  toNumber,
  typeName,
  Undefined,
  type Dict,
  type Value,
} from './values';

/**
 * `tojson`: the text of Python's `json.dumps` with sorted keys and in ASCII, with `<`, `>`, `&` and `'`
 * escaped too, so that it is safe in HTML.
 *
 * @param indent Spaces or text before each level. Without it, everything is on one line.
 */
export function toJson(value: Value, indent?: string): Markup {
  return new Markup(write(value, indent, '\n'));
}

function write(value: Value, indent: string | undefined, margin: string): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (isText(value)) return quoted(plainText(value));
  if (typeof value === 'number' || value instanceof Float) return numberText(value);
  const inner = indent === undefined ? '' : margin + indent;
  if (Array.isArray(value)) {
    const items = (value as readonly Value[]).map((item) => write(item, indent, inner));
    return enclosed('[', items, ']', inner, margin);
  }
  if (value instanceof Map) {
    const members = sortedEntries(value).map(
      ([key, member]) => `${quoted(keyText(key))}: ${write(member, indent, inner)}`,
    );
    return enclosed('{', members, '}', inner, margin);
  }
  if (value instanceof Undefined) return value.fail();
  throw new JinjaError(`Object of type ${typeName(value)} is not JSON serializable`);
}

function enclosed(
  open: string,
  parts: readonly string[],
  close: string,
  inner: string,
  margin: string,
): string {
  if (parts.length === 0) return open + close;
  return inner === ''
    ? open + parts.join(', ') + close
    : open + inner + parts.join(`,${inner}`) + margin + close;
}

const sortedEntries = (dict: Dict): [Value, Value][] =>
  dict.size < 2 ? [...dict] : [...dict].sort(([a], [b]) => compareValues(a, b));

function keyText(key: Value): string {
  if (isText(key)) return plainText(key);
  if (key === null) return 'null';
  if (typeof key === 'boolean') return String(key);
  if (typeof key === 'number' || key instanceof Float) return numberText(key);
  throw new JinjaError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function numberText(value: number | Float): string {
  const number = toNumber(value);
  if (!isFloat(value)) return Math.abs(number) < 1e21 ? String(number) : BigInt(number).toString();
  if (Number.isFinite(number)) return floatText(number);
  return Number.isNaN(number) ? 'NaN' : number > 0 ? 'Infinity' : '-Infinity';
}

const SPECIAL = /[<>&'\u007f-\uffff]/g;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    SPECIAL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
