import { type Statement } from './ast';
import { StatementParser } from './statement-parser';
import { tokenize } from './tokenize';

/**
 * Parses a template into a syntax tree.
 *
 * @throws JinjaError with the line of a syntax error
 */
export function parse(template: string): Statement[] {
  return new StatementParser(tokenize(template)).template();
}
