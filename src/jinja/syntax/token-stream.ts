import { JinjaError } from '../jinja-error';
import { type Token, unexpected } from './token';

/** More levels than any real template has, and few enough not to overflow the stack. */
const MAX_DEPTH = 200;
/** Words that join expressions, and so cannot be variable names. */
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'else', 'if', 'in', 'is', 'not', 'or']);

/** The tokens for the parsers: the current one and the next one. */
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
    this.#following ??= this.#source.next().value ?? this.#current; // at the end, the end token repeats
    return this.#following;
  }

  /** Returns the current token and advances. */
  protected next(): Token {
    const token = this.#current;
    this.#current = this.following;
    this.#following = undefined;
    return token;
  }

  /**
   * Whether the current token is an operator, a keyword or a delimiter of a tag, with one of these values.
   */
  protected is(...values: readonly string[]): boolean {
    return isWritten(this.#current) && values.includes(this.#current.value);
  }

  /** Whether a tag with one of these names starts here. */
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

  /** @param expected The allowed tokens, for the error message. */
  protected expect(value: string, expected = `"${value}"`): Token {
    if (this.is(value)) return this.next();
    throw unexpected(this.#current, expected, fixFor(this.#current, value));
  }

  /** A name. It must not be a keyword, unless keywords cannot be confused with it here. */
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

/** The likely fix for an operator in place of another. */
function fixFor(found: Token, expected: string): string | undefined {
  if (found.type !== 'operator') return undefined;
  if (found.value === '=') return 'two values are compared with "=="';
  return found.value === '==' && expected === '=' ? 'a value is given with "="' : undefined;
}
