import { assertStorable } from '../assert-storable';
import { type SqlValue, type Statement } from './driver';

/** A statement that rejects texts that the database would not store unchanged. */
export function storableOnly(statement: Statement): Statement {
  const checked =
    <T>(execute: (...values: SqlValue[]) => T) =>
    (...values: SqlValue[]): T => {
      for (const value of values) assertStorable(value, 'SQLite');
      return execute(...values);
    };
  return {
    run: checked((...values) => statement.run(...values)),
    get: checked((...values) => statement.get(...values)),
    all: checked((...values) => statement.all(...values)),
  };
}
