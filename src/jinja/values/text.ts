import { JinjaError } from '../jinja-error';
import { isText, plainText, typeName, type Value } from './values';

/** The characters that Python treats as whitespace. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const ONE_SPACE = new RegExp(`[${SPACE}]`);
const SPACES = new RegExp(`[${SPACE}]+`);
export const ONLY_SPACE = new RegExp(`^[${SPACE}]+$`);

/** A text, where Python's function takes only a `str`. */
export function textOf(value: Value | undefined): string {
  if (value !== undefined && isText(value)) return plainText(value);
  throw new JinjaError(`a str is required, not '${value === undefined ? 'nothing' : typeName(value)}'`);
}

export const capitalize = (text: string): string => {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
};

export const titleCase = (text: string): string => text.replace(/\p{L}+/gu, capitalize);

/** Strips whitespace, or the given characters, from the chosen ends. */
export function strip(text: string, chars: Value | undefined, left: boolean, right: boolean): string {
  if (chars === undefined || chars === null) {
    const start = left ? text.replace(LEADING, '') : text;
    return right ? trimEnd(start) : start;
  }
  const unwanted = new Set(textOf(chars));
  const letters = Array.from(text);
  let [start, end] = [0, letters.length];
  while (left && start < end && unwanted.has(letters[start] ?? '')) start += 1;
  while (right && end > start && unwanted.has(letters[end - 1] ?? '')) end -= 1;
  return letters.slice(start, end).join('');
}

/** Strips whitespace at the end. A regular expression would retry at each space that is not at the end. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ONE_SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * Python's `str.split`. Without a separator it splits at runs of whitespace. A negative `limit` means no
 * limit.
 */
export function split(text: string, separator: Value | undefined, limit: number): string[] {
  const isPlain = separator === undefined || separator === null;
  const parts: string[] = [];
  let rest = isPlain ? text.replace(LEADING, '') : text;
  const find = isPlain ? findSpaces : finder(textOf(separator));
  for (let found = find(rest); found !== undefined && parts.length !== limit; found = find(rest)) {
    parts.push(rest.slice(0, found.index));
    rest = rest.slice(found.index + found.length);
  }
  return isPlain && rest === '' ? parts : [...parts, rest];
}

/** Like `split`, but from the right: Python's `rsplit`. */
export function splitRight(text: string, separator: Value | undefined, limit: number): string[] {
  const backwards = separator === undefined || separator === null ? separator : reversed(textOf(separator));
  return split(reversed(text), backwards, limit).map(reversed).reverse();
}

const findSpaces = (text: string): { index: number; length: number } | undefined => {
  const match = SPACES.exec(text);
  return match === null ? undefined : { index: match.index, length: match[0].length };
};

function finder(separator: string): (text: string) => { index: number; length: number } | undefined {
  if (separator === '') throw new JinjaError('empty separator');
  return (text) => {
    const index = text.indexOf(separator);
    return index < 0 ? undefined : { index, length: separator.length };
  };
}

export const reversed = (text: string): string => Array.from(text).reverse().join('');

/** Python's `str.replace`. It replaces at most `limit` times, or all if `limit` is negative. */
export function replaceText(text: string, old: string, replacement: string, limit: number): string {
  if (old === '') {
    const letters = Array.from(text);
    const times = limit < 0 ? Infinity : limit;
    return (
      letters.map((letter, index) => (index < times ? replacement : '') + letter).join('') +
      (letters.length < times ? replacement : '')
    );
  }
  if (limit < 0) return text.replaceAll(old, () => replacement);
  const parts = text.split(old);
  const count = Math.min(limit, parts.length - 1);
  const replaced = parts.slice(0, count).map((part) => part + replacement);
  return replaced.join('') + parts.slice(count).join(old);
}

/** Python's `str.splitlines()`. */
export function splitLines(text: string): string[] {
  // eslint-disable-next-line no-control-regex -- these end lines in Python
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export const isLower = (text: string): boolean => /\p{Ll}/u.test(text) && !/[\p{Lu}\p{Lt}]/u.test(text);
export const isUpper = (text: string): boolean => /\p{Lu}/u.test(text) && !/[\p{Ll}\p{Lt}]/u.test(text);
