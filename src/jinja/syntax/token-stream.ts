import { JinjaError } from '../jinja-error';
import { type Token, unexpected } from './token';

/** Deeper than any template, and shallow enough for the stack. */
const MAX_DEPTH = 200;
/** These join expressions, and are no names of variables. */
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'else', 'if', 'in', 'is', 'not', 'or']);

/** The tokens as parsers ask for them: one at a time, and the one after it. */
export class TokenStream {
  readonly #source: Iterator<Token, void>;
  #current: Token;
  #following: Token | undefined;
  #depth = 0;

  constructor(tokens: Iterator<Token, void>) {
    this.#source = tokens;
    this.#current = tokens.next().value ?? { type: 'end', value: '', line: 1 };
  }

  protected get current(): Token {
    return this.#current;
  }

  protected get following(): Token {
    this.#following ??= this.#source.next().value ?? this.#current; // after the end comes the end
    return this.#following;
  }

  /** The current token, and moves on. */
  protected next(): Token {
    const token = this.#current;
    this.#current = this.following;
    this.#following = undefined;
    return token;
  }

  /** Whether the current token is an operator, a keyword or the edge of a tag, and one of these. */
  protected is(...values: readonly string[]): boolean {
    return isWritten(this.#current) && values.includes(this.#current.value);
  }

  /** Whether a tag of one of these names begins here. */
  protected opens(...names: readonly string[]): boolean {
    return (
      this.#current.type === '{%' && this.following.type === 'name' && names.includes(this.following.value)
    );
  }

  protected skip(value: string): boolean {
    if (!this.is(value)) return false;
    this.next();
    return true;
  }

  /** @param expected what else could stand there */
  protected expect(value: string, expected = `"${value}"`): Token {
    if (this.is(value)) return this.next();
    throw unexpected(this.#current, expected, fixFor(this.#current, value));
  }

  /** The name of something: no keyword, unless it stands where there are no variables. */
  protected name(expected: string, allowsKeywords = false): string {
    const { type, value } = this.#current;
    if (type === 'name' && (allowsKeywords || !KEYWORDS.has(value))) return this.next().value;
    throw unexpected(this.#current, expected);
  }

  protected nested<T>(parse: () => T): T {
    if (this.#depth === MAX_DEPTH) {
      throw new JinjaError(`it nests more than ${String(MAX_DEPTH)} levels deep`, this.#current.line);
    }
    this.#depth += 1;
    const node = parse();
    this.#depth -= 1;
    return node;
  }
}

const isWritten = ({ type }: Token): boolean => type !== 'text' && type !== 'string' && type !== 'end';

/** What was meant by a sign that stands in the place of another. */
function fixFor(found: Token, expected: string): string | undefined {
  if (found.type !== 'operator') return undefined;
  if (found.value === '=') return 'two values are compared with "=="';
  return found.value === '==' && expected === '=' ? 'a value is given with "="' : undefined;
}
