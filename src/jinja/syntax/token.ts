import { JinjaError } from '../jinja-error';

export interface Token {
  readonly type:
    'text' | '{{' | '}}' | '{%' | '%}' | 'name' | 'integer' | 'float' | 'string' | 'operator' | 'end';
  /** The source text; for a quoted text, its value. */
  readonly value: string;
  readonly line: number;
}

/**
 * @param expected The allowed tokens.
 * @param fix What to write, if that is known.
 */
export function unexpected(token: Token, expected: string, fix?: string): JinjaError {
  const advice = fix === undefined ? '' : `; ${fix}`;
  return new JinjaError(`unexpected ${shown(token)}: ${expected} is expected${advice}`, token.line);
}

/** The description of a token in messages. */
function shown({ type, value }: Token): string {
  if (type === 'end' || type === 'text') return type === 'end' ? 'end of the template' : 'text';
  return type === 'string' ? `text ${JSON.stringify(value)}` : `"${value}"`;
}
