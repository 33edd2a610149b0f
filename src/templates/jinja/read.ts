import { Fault } from './fault';
import { locate } from './locate';
import { withKnownEscapes } from './escapes';
import { type Engine, type Program, type Token } from './syntax';
import { rewriteTag, tags } from './tags';

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
