import { brand, readMore } from '../../errors';

/**
 * The database cannot be used as it is: the package `pg` is missing (`postgres_driver_missing`), the server
 * refuses the connection (`postgres_refused`), the user may not create tables (`postgres_rights_missing`), the
 * encoding of the database is not UTF8 (`postgres_encoding_unsupported`), or a newer release of this package
 * wrote the schema (`postgres_schema_newer`).
 */
export class PostgresSetupError extends Error {
  static {
    brand(this, 'PostgresSetupError');
  }

  readonly code:
    | 'postgres_driver_missing'
    | 'postgres_encoding_unsupported'
    | 'postgres_refused'
    | 'postgres_rights_missing'
    | 'postgres_schema_newer';

  constructor(code: PostgresSetupError['code'], message: string, options?: ErrorOptions) {
    super(readMore(message, code), options);
    this.name = 'PostgresSetupError';
    this.code = code;
  }
}
