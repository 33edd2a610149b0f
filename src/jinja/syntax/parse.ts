import { type Statement } from './ast';
import { StatementParser } from './statement-parser';
import { tokenize } from './tokenize';

/**
 * The syntax tree of a template.
 *
 * @throws JinjaError with the line where it cannot be read
 */
export function parse(template: string): Statement[] {
  return new StatementParser(tokenize(template)).template();
}
