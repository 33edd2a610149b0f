import { type WidgetRoot } from '../protocol';
import { isRecord } from '../protocol';

const ROOTS = ['Card', 'ListView', 'Basic'];

export type ParsedWidget =
  | { readonly widget: WidgetRoot; readonly problem?: undefined }
  | { readonly problem: string; readonly cause?: unknown };

/** Parses the widget in a rendered text, or describes what is wrong with it. */
export function parseWidget(text: string): ParsedWidget {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { problem: `the result is not JSON, ${placeOf(text)}`, cause };
  }
  if (isRecord(value) && typeof value['type'] === 'string' && ROOTS.includes(value['type'])) {
    return { widget: value as WidgetRoot };
  }
  const type = isRecord(value) ? JSON.stringify(value['type']) : 'not an object';
  return { problem: `a widget's root must be one of ${ROOTS.join(', ')}, but it is ${type}` };
}

/** The position where a text stops being JSON, with an excerpt. */
function placeOf(text: string): string {
  const at = firstProblem(text);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  if (text.slice(at).trim() === '')
    return `it ends too soon, after ${JSON.stringify(before.trimEnd().slice(-40))}`;
  const excerpt = `${text.slice(Math.max(0, at - 40), at)} >>> ${text.slice(at, at + 40)}`;
  return `line ${String(line)}, column ${String(column)}: ${excerpt.replace(/\s+/g, ' ')}`;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y; // eslint-disable-line no-control-regex -- JSON forbids them
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The index of the first invalid character, which JSON.parse does not always report. */
function firstProblem(text: string): number {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const next = (character: string): boolean => {
    take(SPACE);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const several = (close: string, item: () => boolean): boolean => {
    if (next(close)) return true;
    do if (!item()) return false;
    while (next(','));
    return next(close);
  };
  const value = (): boolean => {
    if (next('{')) return several('}', member);
    if (next('[')) return several(']', value);
    return take(STRING) || take(SCALAR);
  };
  const member = (): boolean => {
    take(SPACE);
    return take(STRING) && next(':') && value();
  };
  if (value()) take(SPACE);
  return at;
}
