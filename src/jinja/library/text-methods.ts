import { operation, type Operation } from './bind';
import { JinjaError } from '../jinja-error';
import { integer } from '../values/numbers';
import { pick } from '../values/slices';
import {
  capitalize,
  isLower,
  isUpper,
  ONLY_SPACE,
  replaceText,
  split,
  splitLines,
  splitRight,
  strip,
  textOf,
  titleCase,
} from '../values/text';
import { characters, iterate, Tuple, tuple, type Value } from '../values/values';

type Optional = Value | undefined;

/** The methods of Python's `str` that make sense in a template. `format` is with the attributes. */
export const TEXT_METHODS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...simple('upper', (text) => text.toUpperCase()),
  ...simple('lower', (text) => text.toLowerCase()),
  ...simple('casefold', (text) => text.toLowerCase()),
  ...simple('title', titleCase),
  ...simple('capitalize', capitalize),
  ...simple('swapcase', (text) =>
    text.replace(/\p{L}/gu, (letter) => (isUpper(letter) ? letter.toLowerCase() : letter.toUpperCase())),
  ),
  ...simple('isupper', isUpper),
  ...simple('islower', isLower),
  ...simple('isspace', (text) => ONLY_SPACE.test(text)),
  ...simple('isdigit', (text) => /^\p{Nd}+$/u.test(text)),
  ...simple('isdecimal', (text) => /^\p{Nd}+$/u.test(text)),
  ...simple('isnumeric', (text) => /^\p{N}+$/u.test(text)),
  ...simple('isalpha', (text) => /^\p{L}+$/u.test(text)),
  ...simple('isalnum', (text) => /^[\p{L}\p{N}]+$/u.test(text)),
  ...simple('splitlines', splitLines),
  ...method('strip', ['chars?'], (text, chars) => strip(text, chars, true, true)),
  ...method('lstrip', ['chars?'], (text, chars) => strip(text, chars, true, false)),
  ...method('rstrip', ['chars?'], (text, chars) => strip(text, chars, false, true)),
  ...method('split', ['sep?', 'maxsplit?'], (text, by, limit) => split(text, by, integer(limit, -1))),
  ...method('rsplit', ['sep?', 'maxsplit?'], (text, by, limit) => splitRight(text, by, integer(limit, -1))),
  ...method(
    'partition',
    ['sep'],
    (text, by) => partition(text, textOf(by), text.indexOf(textOf(by))) ?? tuple(text, '', ''),
  ),
  ...method(
    'rpartition',
    ['sep'],
    (text, by) => partition(text, textOf(by), text.lastIndexOf(textOf(by))) ?? tuple('', '', text),
  ),
  ...method('replace', ['old', 'new', 'count?'], (text, old, by, count) =>
    replaceText(text, textOf(old), textOf(by), integer(count, -1)),
  ),
  ...method('join', ['iterable'], (text, items = null) => Array.from(iterate(items), textOf).join(text)),
  ...method('startswith', ['prefix'], (text, prefix) => anyOf(prefix, (each) => text.startsWith(each))),
  ...method('endswith', ['suffix'], (text, suffix) => anyOf(suffix, (each) => text.endsWith(each))),
  ...method('removeprefix', ['prefix'], (text, prefix) =>
    text.startsWith(textOf(prefix)) ? text.slice(textOf(prefix).length) : text,
  ),
  ...method('removesuffix', ['suffix'], (text, suffix) =>
    text.endsWith(textOf(suffix)) ? text.slice(0, text.length - textOf(suffix).length) : text,
  ),
  ...method('find', ['sub', 'start?', 'end?'], (text, sub, ...range) => find(text, sub, range, 'indexOf')),
  ...method('rfind', ['sub', 'start?', 'end?'], (text, sub, ...range) =>
    find(text, sub, range, 'lastIndexOf'),
  ),
  ...method('index', ['sub', 'start?', 'end?'], (text, sub, ...range) => {
    const index = find(text, sub, range, 'indexOf');
    if (index < 0) throw new JinjaError('substring not found');
    return index;
  }),
  ...method('count', ['sub'], (text, sub) =>
    textOf(sub) === '' ? characters(text).length + 1 : text.split(textOf(sub)).length - 1,
  ),
  ...method('zfill', ['width'], (text, width) => {
    const sign = /^[+-]/.exec(text)?.[0] ?? '';
    return (
      sign + '0'.repeat(Math.max(0, integer(width, 0) - characters(text).length)) + text.slice(sign.length)
    );
  }),
  ...method('ljust', ['width', 'fillchar?'], (text, width, fill) => text + padding(text, width, fill)),
  ...method('rjust', ['width', 'fillchar?'], (text, width, fill) => padding(text, width, fill) + text),
  ...method('center', ['width', 'fillchar?'], center),
]);

function method(
  name: string,
  parameters: readonly string[],
  run: (text: string, ...args: readonly Optional[]) => Value,
): [string, Operation][] {
  return [[name, operation(name, parameters, (text, ...args) => run(textOf(text), ...args))]];
}

function simple(name: string, run: (text: string) => Value): [string, Operation][] {
  return method(name, [], run);
}

function partition(text: string, separator: string, index: number): Tuple | undefined {
  if (separator === '') throw new JinjaError('empty separator');
  if (index < 0) return undefined;
  return tuple(text.slice(0, index), separator, text.slice(index + separator.length));
}

const anyOf = (affix: Optional, test: (affix: string) => boolean): boolean =>
  affix instanceof Tuple ? affix.some((each) => test(textOf(each))) : test(textOf(affix));

function find(
  text: string,
  sub: Optional,
  [start, end]: readonly Optional[],
  how: 'indexOf' | 'lastIndexOf',
): number {
  const letters = characters(text);
  const part = pick(letters, start, end, undefined);
  const index = part.join('')[how](textOf(sub));
  if (index < 0) return -1;
  const from = integer(start === null ? undefined : start, 0);
  const offset = from < 0 ? Math.max(0, from + letters.length) : from;
  return offset + characters(part.join('').slice(0, index)).length;
}

function padding(text: string, width: Optional, fill: Optional): string {
  const filler = fill === undefined ? ' ' : textOf(fill);
  if (characters(filler).length !== 1)
    throw new JinjaError('the fill character must be exactly one character long');
  return filler.repeat(Math.max(0, integer(width, 0) - characters(text).length));
}

/** With an odd amount of space, Python puts the larger half on the left if the width is odd. */
export function center(text: string, width: Optional, fill: Optional): string {
  const space = padding(text, width, fill);
  const letters = characters(space);
  const left = (letters.length >> 1) + (letters.length & integer(width, 0) & 1);
  return letters.slice(0, left).join('') + text + letters.slice(left).join('');
}
