import { Fault } from './fault';
import { locate, type Located } from './locate';
import { END_OF_TUPLE, markedName, RECURSIVE, WITH } from './names';
import { withKnownEscapes } from './escapes';
import { rewrite } from './rewrite';
import { type Engine, type Program, type Token } from './syntax';

/** The template's syntax tree, from the engine's lexer and parser. */
export function read(source: string, engine: Engine): Program {
  const text = withKnownEscapes(withoutRaw(source.replace(/\r\n?/g, '\n')));
  const tokens = tags(locate(text, tokenize(text, engine))).flatMap(rewriteTag);
  return parse(tokens, engine);
}

const RAW = /\{%([-+]?)\s*raw\s*([-+]?)%\}([^]*?)\{%([-+]?)\s*endraw\s*([-+]?)%\}/g;

/** The lexer knows no `{% raw %}`: what stands between becomes a text that is printed. */
function withoutRaw(source: string): string {
  return source.replace(
    RAW,
    (_, before: string, left: string, text: string, right: string, after: string) => {
      const start = left === '-' ? text.trimStart() : text;
      const inner = right === '-' ? start.trimEnd() : start;
      const literal = inner.replace(/["\\]/g, (character) => `\\${character}`);
      return `{{${before === '-' ? '-' : ''} "${literal}" ${after === '-' ? '-' : ''}}}`;
    },
  );
}

function tokenize(source: string, engine: Engine): Token[] {
  try {
    return engine.tokenize(source);
  } catch (error) {
    throw new Fault(`the template cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where the parser gives up, the furthest token that it looked at tells why. */
function parse(tokens: readonly Token[], engine: Engine): Program {
  try {
    return engine.parse(tokens);
  } catch {
    let furthest = 0;
    const watched = new Proxy(tokens, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) furthest = Math.max(furthest, Number(key));
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    try {
      return engine.parse(watched);
    } catch {
      throw unexpected(tokens[furthest], tokens.at(-1));
    }
  }
}

function unexpected(token: Token | undefined, last: Token | undefined): Fault {
  if (token === undefined)
    return new Fault('unexpected end of the template: a tag is not closed', last?.line);
  const [what = ''] = token.value.split('\n');
  return new Fault(`unexpected ${JSON.stringify(what.replace(/^is (?:not )?/, ''))}`, token.line);
}

/** The tokens by tags: all from `{{` to `}}` and from `{%` to `%}`; text and comments by themselves. */
function tags(tokens: readonly Located[]): Located[][] {
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

function rewriteTag(tag: readonly Located[]): Token[] {
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

const token = (value: string, type: string, like: Token): Token => ({ ...like, value, type });

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
