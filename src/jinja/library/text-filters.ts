import { operation, type Operation } from './bind';
import { escapeHtml } from '../values/escape-html';
import { JinjaError } from '../jinja-error';
import { attributeGetter } from './attribute-path';
import { pairs } from './collection-methods';
import { toJson } from '../values/json';
import { integer } from '../values/numbers';
import { truth } from '../values/operators';
import { percentFormat } from '../values/percent-format';
import { str } from '../values/print';
import { capitalize, replaceText, split, splitLines, splitRight, strip, textOf } from '../values/text';
import { center } from './text-methods';
import {
  characters,
  isText,
  iterate,
  lengthOf,
  Markup,
  tuple,
  Undefined,
  type Kwargs,
  type Value,
} from '../values/values';

/** Filters whose subject is text, or a value that is converted to text. */
export const TEXT_FILTERS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...text('upper', [], (subject) => subject.toUpperCase()),
  ...text('lower', [], (subject) => subject.toLowerCase()),
  ...text('capitalize', [], capitalize),
  ...text('title', [], (subject) => titleParts(subject).map(capitalize).join('')),
  ...text('trim', ['chars?'], (subject, chars) => strip(subject, chars, true, true)),
  ...text('center', ['width?'], (subject, width = 80) => center(subject, width, undefined)),
  ...text('wordcount', [], (subject) => subject.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  ...text('forceescape', [], (subject) => new Markup(escapeHtml(subject))),
  ...text('striptags', [], (subject) => stripTags(subject)),
  ...filter('string', [], (value) => (isText(value) ? value : str(value))),
  ...filter('safe', [], (value) => new Markup(str(value))),
  ...filter('escape', [], (value) => new Markup(escapeHtml(value))),
  ...filter('e', [], (value) => new Markup(escapeHtml(value))),
  ...filter('tojson', ['indent?'], (value, indent = null) =>
    toJson(
      value,
      indent === null ? undefined : isText(indent) ? str(indent) : ' '.repeat(integer(indent, 0)),
    ),
  ),
  ...text('replace', ['old', 'new', 'count?'], (subject, old = null, by = null, count = null) =>
    replaceText(subject, str(old), str(by), integer(count ?? -1, -1)),
  ),
  ...filter('join', ['d?', 'attribute?'], (value, separator = '', attribute = null) => {
    const get = attributeGetter(attribute);
    return Array.from(iterate(value), (item) => str(get(item))).join(str(separator));
  }),
  ...filter('truncate', ['length?', 'killwords?', 'end?', 'leeway?'], truncate),
  ...filter('indent', ['width?', 'first?', 'blank?'], (value, width, first, blank) =>
    indent(textOf(value), width, first, blank),
  ),
  ...filter('urlencode', [], urlencode),
  ['format', format],
]);

export function filter(
  name: string,
  parameters: readonly string[],
  run: (subject: Value, ...args: readonly (Value | undefined)[]) => Value,
): [string, Operation][] {
  return [[name, operation(name, parameters, run)]];
}

function text(
  name: string,
  parameters: readonly string[],
  run: (subject: string, ...args: readonly (Value | undefined)[]) => Value,
): [string, Operation][] {
  return filter(name, parameters, (subject, ...args) => run(str(subject), ...args));
}

/** The words of a title and the separators between them. */
const titleParts = (subject: string): string[] => subject.split(/([-\s({[<]+)/);

function format(subject: Value, args: readonly Value[], kwargs: Kwargs): Value {
  if (args.length > 0 && kwargs.size > 0) {
    throw new JinjaError("can't handle positional and keyword arguments at the same time");
  }
  const template = isText(subject) ? subject : str(subject);
  return percentFormat(template, kwargs.size > 0 ? new Map<Value, Value>(kwargs) : tuple(...args));
}

type Optional = Value | undefined;

function truncate(
  value: Value,
  length: Optional,
  killwords: Optional,
  end: Optional,
  leeway: Optional,
): Value {
  const ending = end === undefined ? '...' : str(end);
  const [limit, slack] = [integer(length, 255), integer(leeway ?? undefined, 5)];
  const room = limit - characters(ending).length;
  if (room < 0 || slack < 0) throw new JinjaError(`truncate: ${String(limit)} is too short a length`);
  if (lengthOf(value) <= limit + slack) return value;
  const letters = characters(textOf(value));
  const start = letters.slice(0, room).join('');
  if (killwords !== undefined && truth(killwords)) return start + ending;
  return (splitRight(start, ' ', 1)[0] ?? '') + ending;
}

function indent(subject: string, width: Optional, first: Optional = false, blank: Optional = false): Value {
  const margin = width !== undefined && isText(width) ? str(width) : ' '.repeat(integer(width, 4));
  const [head = '', ...tail] = splitLines(`${subject}\n`);
  const lines = tail.map((line) => (line === '' && !truth(blank) ? line : margin + line));
  return (truth(first) ? margin : '') + [head, ...lines].join('\n');
}

function stripTags(subject: string): string {
  const bare = without(without(subject, '<!--', '-->'), '<', '>');
  const entities = [...Object.entries({ lt: '<', gt: '>', quot: '"', amp: '&' })];
  const plain = split(bare, undefined, -1)
    .join(' ')
    .replace(/&#(\d+);/g, (_, code: string) => characterOf(Number(code)));
  return entities.reduce((part, [name, character]) => part.replaceAll(`&${name};`, character), plain);
}

/**
 * Removes each part from `open` to `close`. A regular expression would search for the end again from each
 * start.
 */
function without(text: string, open: string, close: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf(open, at);
    const end = start < 0 ? -1 : text.indexOf(close, start);
    if (end < 0) return kept + text.slice(at);
    kept += text.slice(at, start);
    at = end + close.length;
  }
}

/** The character for a code point, or the one that HTML uses for an invalid code. */
const characterOf = (code: number): string =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';

function urlencode(value: Value): Value {
  if (value instanceof Undefined) return value.fail();
  const isPairs = value instanceof Map || (Array.isArray(value) && !isText(value));
  if (!isPairs) return quoteUrl(str(value));
  return pairs(value)
    .map((pair) =>
      pair.map((part) => quoteUrl(str(part)).replaceAll('/', '%2F').replaceAll('%20', '+')).join('='),
    )
    .join('&');
}

const quoteUrl = (subject: string): string =>
  encodeURIComponent(subject)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/');
