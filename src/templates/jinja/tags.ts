import { Fault } from './fault';
import { type Located } from './locate';
import { END_OF_TUPLE, markedName, RECURSIVE, WITH } from './names';
import { rewrite } from './rewrite';
import { type Token } from './syntax';

const token = (value: string, type: string, like: Token): Token => ({ ...like, value, type });

/** The tokens by tags: all from `{{` to `}}` and from `{%` to `%}`; text and comments by themselves. */
export function tags(tokens: readonly Located[]): Located[][] {
  const found: Located[][] = [];
  let open: Located[] | undefined;
  for (const token of tokens) {
    if (open === undefined) {
      found.push([token]);
      if (token.type === 'OpenStatement' || token.type === 'OpenExpression') open = found.at(-1);
    } else {
      open.push(token);
      if (token.type === 'CloseStatement' || token.type === 'CloseExpression') open = undefined;
    }
  }
  return found;
}

const UNSUPPORTED = new Set(['break', 'continue', 'generation', 'endgeneration']);

/** One tag as the parser can take it. */
export function rewriteTag(tag: readonly Located[]): Token[] {
  const [open, ...rest] = tag;
  const close = rest.pop();
  if (open === undefined || close === undefined) return [...tag];
  if (rest[0]?.value === '+' && rest[0].start === open.end) rest.shift(); // `{%+` keeps whitespace, as we always do
  if (open.type === 'OpenExpression') return [open, ...asTuple(rewrite(rest), close), close];
  const last = rest.at(-1);
  const isOptional = last?.type === 'Colon' || (last?.value === '+' && last.end === close.start); // `+%}`
  if (isOptional) rest.pop();
  const [name, ...operands] = rest;
  if (name === undefined) throw new Fault('a tag without a name', open.line);
  if (UNSUPPORTED.has(name.value)) throw new Fault(`unknown tag '${name.value}'`, name.line);
  return [open, ...statement(name, rewrite(operands, name.value)), close];
}

/** `{{ 1, 2 }}` prints a tuple, which the parser takes in brackets only. */
function asTuple(tokens: Token[], like: Token): Token[] {
  if (!tokens.some(({ type, depth }) => type === 'Comma' && depth === 0)) return tokens;
  const end = tokens.at(-1)?.type === 'Comma' ? [token(END_OF_TUPLE, 'Identifier', like)] : [];
  return [token('(', 'OpenParen', like), ...tokens, ...end, token(')', 'CloseParen', like)];
}

function statement(name: Token, rest: Token[]): Token[] {
  switch (name.value) {
    case 'for':
      return rest.at(-1)?.value === RECURSIVE
        ? [name, ...markFirst(rest.slice(0, -1), RECURSIVE)]
        : [name, ...rest];
    case 'with':
      return [{ ...name, value: 'for' }, ...asLoop(rest, name)];
    case 'endwith':
      return [{ ...name, value: 'endfor' }, ...rest];
    default:
      return [name, ...rest];
  }
}

function markFirst(tokens: readonly Token[], mark: string): Token[] {
  const index = tokens.findIndex(({ type }) => type === 'Identifier');
  return tokens.map((token, at) => (at === index ? { ...token, value: token.value + mark } : token));
}

/** `{% with a = 1, b = 2 %}` as a loop of one turn over `[[1, 2]]`: a scope of its own. */
function asLoop(tokens: readonly Token[], name: Token): Token[] {
  const targets: Token[] = [];
  const values: Token[] = [];
  let wantsTarget = true;
  for (const each of tokens) {
    if (each.type === 'Comma' && each.depth === 0) wantsTarget = true;
    if (each.type === 'Equals' && each.depth === 0 && wantsTarget) wantsTarget = false;
    else (wantsTarget ? targets : values).push(each);
    if (each.type === 'Comma' && each.depth === 0) values.push(each);
  }
  const comma = token(',', 'Comma', name);
  const unused = token(markedName('', name.line), 'Identifier', name);
  const [open, shut] = [token('[', 'OpenSquareBracket', name), token(']', 'CloseSquareBracket', name)];
  const zero = token('0', 'NumericLiteral', name);
  const isEmpty = tokens.length === 0;
  return [
    ...markFirst([unused, ...(isEmpty ? [] : [comma, ...targets]), comma, unused], WITH),
    token('in', 'Identifier', name),
    ...[open, open, zero, ...(isEmpty ? [] : [comma, ...values]), comma, zero, shut, shut],
  ];
}
