import { JinjaError } from '../jinja-error';

export interface Token {
  readonly type:
    'text' | '{{' | '}}' | '{%' | '%}' | 'name' | 'integer' | 'float' | 'string' | 'operator' | 'end';
  /** As written; of a text in quotes what it means. */
  readonly value: string;
  readonly line: number;
}

/**
 * @param expected what may stand there instead
 * @param fix what to write, where that can be told
 */
export function unexpected(token: Token, expected: string, fix?: string): JinjaError {
  const advice = fix === undefined ? '' : `; ${fix}`;
  return new JinjaError(`unexpected ${shown(token)}: ${expected} is expected${advice}`, token.line);
}

/** How messages name a token. */
function shown({ type, value }: Token): string {
  if (type === 'end' || type === 'text') return type === 'end' ? 'end of the template' : 'text';
  return type === 'string' ? `text ${JSON.stringify(value)}` : `"${value}"`;
}
