import { brand, readMore } from '../../errors';

/**
 * The database cannot be opened: there is no driver (`sqlite_driver_missing`), or a newer release of
 * this package wrote the file (`sqlite_schema_newer`).
 */
export class SqliteSetupError extends Error {
  static {
    brand(this, 'SqliteSetupError');
  }

  readonly code: 'sqlite_driver_missing' | 'sqlite_schema_newer';

  constructor(code: SqliteSetupError['code'], message: string, options?: ErrorOptions) {
    super(readMore(message, code), options);
    this.name = 'SqliteSetupError';
    this.code = code;
  }
}
