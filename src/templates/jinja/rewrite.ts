import { Fault } from './fault';
import { type Located } from './locate';
import { END_OF_TUPLE, IS, IS_NOT, markedName, RECURSIVE } from './names';
import { type Token } from './syntax';

const KEYWORDS = new Set(['if', 'else', 'and', 'or', 'not', 'in', 'is', RECURSIVE]);
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

const isKeyword = (token: Token | undefined, before: Token | undefined, ...values: string[]): boolean =>
  token?.type === 'Identifier' && before?.type !== 'Dot' && values.includes(token.value);

const isName = (token: Token, before: Token | undefined): boolean =>
  token.type === 'Identifier' && (before?.type === 'Dot' || !KEYWORDS.has(token.value));

const isBracket = ({ type, value }: Token, brackets: ReadonlySet<string>): boolean =>
  type !== 'StringLiteral' && type !== 'Text' && brackets.has(value);

const isLiteral = ({ type }: Token): boolean => type === 'NumericLiteral' || type === 'StringLiteral';

/**
 * An expression's tokens as the parser can take them: names with their lines, operators with their
 * depth in brackets, tests as filters, tuples that are empty or end in a comma.
 *
 * @param tag the statement whose operands they are
 * @param outer how many brackets stand open around them
 */
export function rewrite(tokens: readonly Located[], tag = '', outer = 0): Token[] {
  const written: Token[] = [];
  const calls: boolean[] = []; // of each open bracket, whether it is a call's
  for (let index = 0; index < tokens.length; index += 1) {
    const [before, each, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
    if (each === undefined) break;
    const depth = outer + calls.length;
    const beforeThat = tokens[index - 2];
    if (tag !== 'call') refuseNeighbours(beforeThat, before, each);
    if (isKeyword(each, before, 'is')) {
      const test = readTest(tokens, index, depth);
      written.push(...test.tokens);
      index = test.last;
    } else if (isKeyword(each, before, 'not') && isKeyword(next, each, 'in')) {
      written.push({ value: 'not in', type: 'ComparisonBinaryOperator', line: each.line, depth });
      index += 1;
    } else if (isName(each, before)) {
      written.push({ ...each, value: markedName(each.value, each.line), depth });
    } else {
      if (isBracket(each, OPENING)) {
        calls.push(before === undefined ? tag === 'call' : endsOperand(before, beforeThat));
      }
      if (each.type === 'CloseParen' && calls.at(-1) === false) written.push(...endOfTuple(before, each));
      if (isBracket(each, CLOSING)) calls.pop();
      written.push({ ...each, depth });
    }
  }
  return written;
}

function endOfTuple(before: Token | undefined, close: Token): Token[] {
  const end: Token = { ...close, value: END_OF_TUPLE, type: 'Identifier' };
  if (before?.type === 'Comma') return [end];
  return before?.type === 'OpenParen' ? [end, { ...close, value: ',', type: 'Comma' }, end] : [];
}

const endsOperand = (token: Token, before: Token | undefined): boolean =>
  isLiteral(token) || isBracket(token, CLOSING) || isName(token, before);

/** The parser lets commas be left out, and brackets follow a dot. */
function refuseNeighbours(beforeThat: Token | undefined, before: Token | undefined, token: Token): void {
  if (before?.type === 'Dot' && token.type !== 'Identifier' && token.type !== 'NumericLiteral') {
    throw new Fault(`unexpected ${JSON.stringify(token.value)} after a dot`, token.line);
  }
  if (before === undefined || !endsOperand(before, beforeThat)) return;
  const isOperand = isLiteral(token) || isName(token, before) || token.type === 'OpenCurlyBracket';
  const isLongString = before.type === 'StringLiteral' && token.type === 'StringLiteral';
  if (isOperand && !isLongString) {
    throw new Fault(
      `unexpected ${JSON.stringify(token.value)}: a comma or an operator is missing`,
      token.line,
    );
  }
}

/** `is [not] name` with arguments in brackets, or with one operand that stands without them. */
function readTest(
  tokens: readonly Located[],
  start: number,
  depth: number,
): { tokens: Token[]; last: number } {
  const line = tokens[start]?.line;
  const isNegated = tokens[start + 1]?.value === 'not';
  const at = start + (isNegated ? 2 : 1);
  const name = tokens[at];
  if (name?.type !== 'Identifier') throw new Fault('a test needs a name after "is"', line);
  const end = endOfArgument(tokens, at + 1);
  const argument = tokens.slice(at + 1, end);
  const like = { line, depth };
  const filter: Token[] = [
    { value: '|', type: 'Pipe', ...like },
    { value: markedName((isNegated ? IS_NOT : IS) + name.value, name.line), type: 'Identifier', ...like },
  ];
  if (argument.length > 0) {
    filter.push({ value: '(', type: 'OpenParen', ...like });
    filter.push(...rewrite(argument, '', depth + 1));
    filter.push({ value: ')', type: 'CloseParen', ...like });
  }
  return { tokens: filter, last: end - 1 };
}

function endOfArgument(tokens: readonly Located[], start: number): number {
  const first = tokens[start];
  const startsOperand =
    first !== undefined &&
    (isLiteral(first) || first.type === 'Identifier' || first.value === '[' || first.value === '{');
  if (!startsOperand || isKeyword(first, undefined, 'else', 'or', 'and')) return start;
  if (isKeyword(first, undefined, 'is')) throw new Fault('tests cannot be chained with "is"', first.line);
  let end = isBracket(first, OPENING) ? afterBracket(tokens, start) : start + 1;
  for (let next = tokens[end]; next !== undefined; next = tokens[end]) {
    if (next.type === 'Dot') end += 2;
    else if (next.type === 'OpenParen' || next.type === 'OpenSquareBracket') end = afterBracket(tokens, end);
    else if (next.type === 'StringLiteral' && first.type === 'StringLiteral') end += 1;
    else break;
  }
  return Math.min(end, tokens.length);
}

function afterBracket(tokens: readonly Located[], start: number): number {
  let open = 0;
  for (let index = start; index < tokens.length; index += 1) {
    const each = tokens[index];
    if (each !== undefined && isBracket(each, OPENING)) open += 1;
    if (each !== undefined && isBracket(each, CLOSING)) open -= 1;
    if (open === 0) return index + 1;
  }
  return tokens.length;
}
