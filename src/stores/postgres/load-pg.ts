import { createRequire } from 'node:module';

import type * as Pg from 'pg';
import { PostgresSetupError } from './setup-error';

/**
 * The optional package `pg`. It is loaded when a store is created, so that importing this file does not need
 * it.
 */
export function loadPg(): typeof Pg {
  try {
    return createRequire(__filename)('pg') as typeof Pg;
  } catch (error) {
    // If `pg` is installed but fails to load, its own error says why.
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    throw new PostgresSetupError(
      'postgres_driver_missing',
      'PostgresStore needs the package pg. Run `npm install pg`.',
      { cause: error },
    );
  }
}
