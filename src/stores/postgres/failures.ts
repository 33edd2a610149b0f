import { ChatError, DeveloperError, UnavailableError } from '../../errors';
import { PostgresSetupError } from './setup-error';

/** The SQLSTATE of an error of the server, or the code of one of the network. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Serialisation failure, deadlock: nothing was changed, and the next try may succeed. */
export function isUndone(error: unknown): boolean {
  return codeOf(error) === '40001' || codeOf(error) === '40P01';
}

/** A pooler or the server has forgotten a statement, or has it still: nothing was changed. */
export function isForgotten(error: unknown): boolean {
  return ['26000', '42P05', '0A000'].includes(codeOf(error));
}

/**
 * The connection is lost, or was not to be had. Whether what was sent last is committed is not known.
 * What the server itself answers has a severity; a code of class 08 or 57P ends the connection nevertheless.
 */
export function isLost(error: unknown): boolean {
  if (error instanceof ChatError || error instanceof PostgresSetupError || error instanceof DeveloperError) {
    return false;
  }
  const isAnswer = typeof (error as { severity?: unknown } | null)?.severity === 'string';
  // 25006: a server that has become a standby takes no writes; the pool is to find the new one.
  return !isAnswer || /^(08|57P|53300|25006)/.test(codeOf(error));
}

/**
 * No connection was to be had, whatever the server says of it: that it takes none, or not this user any
 * more. Nothing was sent by it.
 */
export function notConnected(cause: unknown): Error {
  return new Error('No connection was to be had.', { cause });
}

/** The message is the user's, the cause the operator's. */
export function toStoreError(error: unknown, statementTimeoutMs: number): unknown {
  const code = codeOf(error);
  if (code === '57014' || code === '55P03') {
    return unavailable('store_busy', `A statement took longer than ${String(statementTimeoutMs)} ms.`, error);
  }
  if (isUndone(error)) return unavailable('store_busy', 'Other processes were faster, several times.', error);
  if (isLost(error)) return unavailable('store_unavailable', 'PostgreSQL was not to be reached.', error);
  if (code === '54000') {
    return new DeveloperError(
      'id_too_long',
      'An owner, id or key is too long for an index of PostgreSQL (2,700 bytes).',
      'Take a hash of it.',
      { cause: error },
    );
  }
  return error;
}

function unavailable(code: string, why: string, cause: unknown): UnavailableError {
  return new UnavailableError('The chat is busy. Try again in a moment.', {
    code,
    allowRetry: true,
    retryAfter: 1,
    cause: new Error(why, { cause }),
  });
}

/** What is wrong with the database, where that is for its operator to mend; else the error itself. */
export function toSetupError(error: unknown): unknown {
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : String(error);
  if (code === '42501') {
    return new PostgresSetupError(
      'postgres_rights_missing',
      `The database user may not make the tables of the chat (${said}). Let it: ` +
        'GRANT CREATE ON SCHEMA public TO <user>; or let another user start the app once.',
      { cause: error },
    );
  }
  if (/^(28|3D000)/.test(code)) {
    return new PostgresSetupError(
      'postgres_refused',
      `PostgreSQL does not let the chat in (${said}). Look at the user, the password and the name of the database in the URL.`,
      { cause: error },
    );
  }
  return error;
}
