import { Fault } from './fault';
import { type Token } from './syntax';

export interface Located extends Token {
  readonly line: number;
  /** Where it begins and ends in the source. */
  readonly start: number;
  readonly end: number;
}

/** The tokens with their places, found by reading the source along with them. */
export function locate(source: string, tokens: readonly Token[]): Located[] {
  const located: Located[] = [];
  let [cursor, line, counted] = [0, 1, 0];
  for (const token of tokens) {
    const start = startOf(token, source, cursor);
    if (start < cursor) continue; // a piece of the number before it
    const isNumber = token.type === 'NumericLiteral' && located.at(-1)?.type !== 'Dot';
    const number = isNumber ? matchAt(NUMBER, source, start) : undefined;
    for (; counted < start; counted += 1) if (source[counted] === '\n') line += 1;
    cursor = number === undefined ? endOf(token, source, start) : start + number.length;
    if (number !== undefined && /^[-+]?0+[1-9]\d*$/.test(number)) {
      throw new Fault(`unexpected ${JSON.stringify(number)}: a number does not begin with 0`, line);
    }
    const value = number === undefined ? token.value : numberText(number);
    located.push({ value, type: token.type, line, start, end: cursor });
  }
  return located;
}

/** The lexer knows no `1e3` and no `1_000`, and leaves them in pieces that touch. */
const NUMBER =
  /[-+]?(?:0[xX][\da-fA-F](?:_?[\da-fA-F])*|\d(?:_?\d)*(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?)/y;

/** The parser takes for floats what has a point. */
function numberText(number: string): string {
  const plain = number.replaceAll('_', '');
  return /^[-+]?0x/i.test(plain) || plain.includes('.') ? plain : plain.replace(/e/i, '.0e');
}

function matchAt(pattern: RegExp, source: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(source)?.[0];
}

const isOpening = (value: string): boolean => value === '{%' || value === '{{';

function startOf({ type, value }: Token, source: string, cursor: number): number {
  if (type === 'Text') return cursor; // it may have lost whitespace: what follows it is searched for
  if (type === 'Comment') return source.indexOf('{#', cursor);
  if (type.startsWith('Open') && isOpening(value)) return source.indexOf(value, cursor);
  const start = cursor + (matchAt(/\s*/y, source, cursor) ?? '').length;
  const isStripping = source[start] === '-' && (type === 'CloseStatement' || type === 'CloseExpression');
  if (isStripping) return start + 1;
  // What is not where it should be is the rest of a number that was read already.
  return type === 'StringLiteral' || source.startsWith(value, start) ? start : -1;
}

function endOf({ type, value }: Token, source: string, start: number): number {
  if (type === 'Text') return start;
  if (type === 'Comment') return source.indexOf('#}', start) + 2;
  if (type === 'StringLiteral') {
    return start + (matchAt(/(["'])(?:\\[^]|(?!\1)[^])*\1/y, source, start) ?? '').length;
  }
  const isStripping = type.startsWith('Open') && isOpening(value) && source[start + 2] === '-';
  return start + value.length + (isStripping ? 1 : 0);
}
