import { JinjaError } from '../jinja-error';
import { SPACE } from '../values/text';
import { type Cursor } from './cursor';
import { unescape } from './escapes';
import { OpenBrackets } from './open-brackets';
import { type Token } from './token';

const SPACES = new RegExp(`[${SPACE}]+`, 'y');
const CLOSINGS = {
  '{{': { close: '}}', pattern: new RegExp(`-\\}\\}[${SPACE}]*|\\}\\}`, 'y'), wrong: /[-+]?%\}/y },
  '{%': { close: '%}', pattern: new RegExp(`-%\\}[${SPACE}]*|\\+?%\\}`, 'y'), wrong: /-?\}\}/y },
} as const;

const NAME = /[\p{XID_Start}_]\p{XID_Continue}*/uy;
/** After a dot only integers are read: `x.1.5` is `x[1][5]`. */
const FLOAT = /(?<!\.)\d+(?:_\d+)*(?:(?:\.\d+(?:_\d+)*)?e[-+]?\d+(?:_\d+)*|\.\d+(?:_\d+)*)/iy;
const INTEGER = /0(?:b(?:_?[01])+|o(?:_?[0-7])+|x(?:_?[\da-f])+)|\d+(?:_\d+)*/iy;
const STRING = /'[^'\\]*(?:\\[^][^'\\]*)*'|"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const OPERATOR = /\*\*|\/\/|[=!<>]=|[-+*/%~<>=.,:|()[\]{}]/y;
const ANYTHING = /[^]/uy;

/** Operators of other languages, with the Jinja syntax. */
const FOREIGN = /&&|\|\||[!=]==|\?\?|!(?!=)|[?`]/y;
const FIXES: Readonly<Record<string, string>> = {
  '&&': 'write "and"',
  '||': 'write "or"',
  '===': 'write "=="',
  '!==': 'write "!="',
  '!': 'write "not"',
  '??': 'use the filter "default"',
  '?': 'write "a if b else c"',
  '`': 'a text stands in single or double quotes',
};

/** The tokens of one tag, from its opening to its end. */
export function* tagTokens(cursor: Cursor, opening: '{{' | '{%', opened: number): Generator<Token, void> {
  const { close, pattern, wrong } = CLOSINGS[opening];
  const brackets = new OpenBrackets(opening, opened);
  yield { type: opening, value: opening, line: opened };
  for (;;) {
    cursor.take(SPACES);
    const { line } = cursor;
    if (cursor.isAtEnd) throw brackets.unclosed('end of the template', line);
    // Inside brackets `}}` closes two brackets, as in `{{ {'a': {}} }}`.
    if (brackets.areClosed) {
      if (cursor.take(pattern) !== undefined) {
        yield { type: close, value: close, line };
        return;
      }
      const other = cursor.take(wrong);
      if (other !== undefined) throw brackets.unclosed(`"${other}"`, line);
    }
    const token = literalOrName(cursor) ?? operator(cursor);
    brackets.note(token);
    yield token;
  }
}

function literalOrName(cursor: Cursor): Token | undefined {
  const { line } = cursor;
  const float = cursor.take(FLOAT);
  if (float !== undefined) return { type: 'float', value: float, line };
  const integer = cursor.take(INTEGER);
  if (integer !== undefined) {
    if (!/^0[\d_]*[1-9]/.test(integer)) return { type: 'integer', value: integer, line };
    throw new JinjaError(`unexpected "${integer}": a whole number does not begin with 0`, line);
  }
  const name = cursor.take(NAME);
  if (name !== undefined) return { type: 'name', value: name, line };
  const string = cursor.take(STRING);
  if (string === undefined) return undefined;
  return { type: 'string', value: unescape(string.slice(1, -1), line), line };
}

function operator(cursor: Cursor): Token {
  const { line } = cursor;
  const foreign = cursor.take(FOREIGN);
  if (foreign !== undefined) throw new JinjaError(`unexpected "${foreign}": ${FIXES[foreign] ?? ''}`, line);
  const value = cursor.take(OPERATOR);
  if (value !== undefined) return { type: 'operator', value, line };
  const character = cursor.take(ANYTHING) ?? '';
  const isQuote = character === '"' || character === "'";
  throw new JinjaError(
    isQuote
      ? `the text that begins with ${character} is not closed`
      : `unexpected ${JSON.stringify(character)}`,
    line,
  );
}
