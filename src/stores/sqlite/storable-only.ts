import { DeveloperError } from '../../errors';
import { isStorableText } from '../../protocol';
import { type SqlValue, type Statement } from './driver';

/** A statement that takes no text that the database would keep as another one. */
export function storableOnly(statement: Statement): Statement {
  const checked =
    <T>(execute: (...values: SqlValue[]) => T) =>
    (...values: SqlValue[]): T => {
      values.forEach(assertStorable);
      return execute(...values);
    };
  return {
    run: checked((...values) => statement.run(...values)),
    get: checked((...values) => statement.get(...values)),
    all: checked((...values) => statement.all(...values)),
  };
}

/** Texts of users are in JSON, which escapes them, and ids in requests are checked: this one was made here. */
function assertStorable(value: unknown): void {
  if (typeof value !== 'string') {
    if (typeof value === 'number' || typeof value === 'bigint' || value === null) return;
    // A driver may end the process for it.
    throw new DeveloperError('malformed_id', `A ${typeof value} was given as an id or key.`, 'Give a text.');
  }
  if (isStorableText(value)) return;
  throw new DeveloperError(
    'malformed_id',
    `The id or key ${JSON.stringify(value.slice(0, 64))} has half a character (a lone surrogate) or a NUL in it, and SQLite would keep it as another text.`,
    'Take well-formed ids and keys, such as those of generateId(), or a hash of the text.',
  );
}
