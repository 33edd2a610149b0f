import { DeveloperError } from '../errors';
import { isStorableText } from '../protocol';

/**
 * Checks ids and keys that application code made. Texts of users are stored as JSON, which escapes them, and
 * ids in requests are checked on arrival.
 *
 * @param database the store's database, for the error's text
 * @throws DeveloperError `malformed_id` for a text that the database would not store unchanged
 */
export function assertStorable(value: unknown, database: 'SQLite' | 'PostgreSQL'): void {
  if (typeof value !== 'string') {
    if (typeof value === 'number' || typeof value === 'bigint' || value === null) return;
    // some drivers end the process for such a value
    throw new DeveloperError(
      'malformed_id',
      `An id or key has the type "${typeof value}".`,
      'Pass a string.',
    );
  }
  if (isStorableText(value)) return;
  throw new DeveloperError(
    'malformed_id',
    `The id or key ${JSON.stringify(value.slice(0, 64))} contains a lone surrogate or a NUL character, which ${database} would not store unchanged.`,
    'Use well-formed ids and keys, such as those of generateId(), or a hash of the text.',
  );
}
