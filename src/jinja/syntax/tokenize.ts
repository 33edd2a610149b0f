import { JinjaError } from '../jinja-error';
import { SPACE, trimEnd } from '../values/text';
import { Cursor } from './cursor';
import { tagTokens } from './tag-tokens';
import { type Token } from './token';

const NEXT_TAG = /\{[{%#]/g;
const OPENING = /\{[{%#][-+]?/y;
const END_OF_COMMENT = /-?#\}/g;
const RAW = new RegExp(`\\{%[-+]?[${SPACE}]*raw[${SPACE}]*[-+]?%\\}`, 'y');
const NEXT_END_OF_RAW = new RegExp(`\\{%[-+]?[${SPACE}]*endraw[${SPACE}]*[-+]?%\\}`, 'g');
const END_OF_RAW = new RegExp(NEXT_END_OF_RAW.source, 'y');
const CLOSING = /-?#\}/y;
const SPACES = new RegExp(`[${SPACE}]*`, 'y');

/** The tokens of a template, read lazily, so that the first error reported is the first in the text. */
export function* tokenize(template: string): Generator<Token, void> {
  // As in Jinja2, line ends become `\n`, and one at the end is removed.
  const cursor = new Cursor(template.replace(/\r\n?/g, '\n').replace(/\n$/, ''));
  while (!cursor.isAtEnd) {
    const { line } = cursor;
    const text = cursor.takeTo(NEXT_TAG);
    const raw = cursor.take(RAW);
    const opening = raw ?? cursor.take(OPENING) ?? '';
    const shown = opening[2] === '-' ? trimEnd(text) : text;
    if (shown !== '') yield { type: 'text', value: shown, line };
    if (raw !== undefined) yield* rawText(cursor, raw);
    else if (opening.startsWith('{#')) skipComment(cursor);
    else if (opening !== '') yield* tagTokens(cursor, opening.startsWith('{{') ? '{{' : '{%', cursor.line);
  }
  yield { type: 'end', value: '', line: cursor.line };
}

function* rawText(cursor: Cursor, opening: string): Generator<Token, void> {
  const opened = cursor.line;
  skipSpaces(cursor, opening);
  const { line } = cursor;
  const text = cursor.takeTo(NEXT_END_OF_RAW);
  const end = cursor.take(END_OF_RAW);
  if (end === undefined) {
    throw new JinjaError('the "raw" is not closed: "{% endraw %}" is expected', opened);
  }
  const value = end[2] === '-' ? trimEnd(text) : text;
  if (value !== '') yield { type: 'text', value, line };
  skipSpaces(cursor, end);
}

function skipComment(cursor: Cursor): void {
  const { line } = cursor;
  cursor.takeTo(END_OF_COMMENT);
  const end = cursor.take(CLOSING);
  if (end === undefined) throw new JinjaError('the comment "{#" is not closed: "#}" is expected', line);
  skipSpaces(cursor, end);
}

/** After `-%}` whitespace is removed. */
function skipSpaces(cursor: Cursor, closing: string): void {
  if (closing.at(-3) === '-') cursor.take(SPACES);
}
