import { DeveloperError } from '../errors';
import { isStorableText } from '../protocol';

/**
 * Texts of users are in JSON, which escapes them, and ids in requests are checked: this one was made here.
 *
 * @param database whose store it is, for the error's text
 * @throws DeveloperError `malformed_id` for a text that the database would not keep as it is
 */
export function assertStorable(value: unknown, database: 'SQLite' | 'PostgreSQL'): void {
  if (typeof value !== 'string') {
    if (typeof value === 'number' || typeof value === 'bigint' || value === null) return;
    // A driver may end the process for it.
    throw new DeveloperError('malformed_id', `A ${typeof value} was given as an id or key.`, 'Give a text.');
  }
  if (isStorableText(value)) return;
  throw new DeveloperError(
    'malformed_id',
    `The id or key ${JSON.stringify(value.slice(0, 64))} has half a character (a lone surrogate) or a NUL in it, and ${database} would not keep it as it is.`,
    'Take well-formed ids and keys, such as those of generateId(), or a hash of the text.',
  );
}
