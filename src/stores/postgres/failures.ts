import { ChatError, DeveloperError, UnavailableError } from '../../errors';
import { PostgresSetupError } from './setup-error';

/** The SQLSTATE of a server error, or the code of a network error. */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** A server that is, or has become, a standby. */
const READ_ONLY = '25006';

/** Serialization failure or deadlock: nothing was changed, and a retry may succeed. */
export function isUndone(error: unknown): boolean {
  return codeOf(error) === '40001' || codeOf(error) === '40P01';
}

/** The server or a pooler does not know a prepared statement, or already has it: nothing was changed. */
export function isForgotten(error: unknown): boolean {
  return ['26000', '42P05', '0A000'].includes(codeOf(error));
}

/**
 * The connection is lost or could not be opened, so it is unknown whether the last call was committed. Errors
 * from the server have a severity; those of class 08 or 57P end the connection as well.
 */
export function isLost(error: unknown): boolean {
  if (error instanceof ChatError || error instanceof PostgresSetupError || error instanceof DeveloperError) {
    return false;
  }
  const isAnswer = typeof (error as { severity?: unknown } | null)?.severity === 'string';
  // 25006: a server that has become a standby accepts no writes; the pool must find the new primary.
  return !isAnswer || /^(08|57P|53300|25006)/.test(codeOf(error));
}

/**
 * No connection was available, whatever the reason: the server accepts none, or rejects this user. Nothing
 * was sent.
 */
export function notConnected(cause: unknown): Error {
  return new Error('No connection was available.', { cause });
}

/** The message is for the user, the cause for the operator. */
export function toStoreError(error: unknown, statementTimeoutMs: number): unknown {
  const code = codeOf(error);
  if (code === '55P03') return unavailable('store_busy', 'A table or a row was locked for too long.', error);
  if (code === '57014') {
    return unavailable('store_busy', `A statement took longer than ${String(statementTimeoutMs)} ms.`, error);
  }
  if (isUndone(error))
    return unavailable('store_busy', 'Other transactions conflicted with this one, several times.', error);
  if (code === READ_ONLY)
    return unavailable('store_unavailable', 'PostgreSQL accepts no writes. Is it a standby?', error);
  if (isLost(error)) return unavailable('store_unavailable', 'PostgreSQL could not be reached.', error);
  if (isQueueFull(error))
    return unavailable(
      'store_busy',
      'The queue of NOTIFY is full: some connection listens, but does not read.',
      error,
    );
  if (code === '42501') {
    return new PostgresSetupError(
      'postgres_rights_missing',
      `The database user may not use the tables of the chat (${messageOf(error)}). Allow it: ` +
        'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <user>;',
      { cause: error },
    );
  }
  if (code === '54000') {
    return new DeveloperError(
      'id_too_long',
      'An owner, id or key is too long for an index of PostgreSQL (2,700 bytes).',
      'Use a hash of it.',
      { cause: error },
    );
  }
  return error;
}

/**
 * The server keeps notifications until all listening connections have read them, and refuses more when this
 * queue is full. It has no SQLSTATE of its own for this; the word NOTIFY is in the message in every language.
 */
function isQueueFull(error: unknown): boolean {
  return codeOf(error) === '54000' && error instanceof Error && error.message.includes('NOTIFY');
}

/** The connection that locks threads is lost, so another process may have the lock of this run. */
export function lockUnknown(): UnavailableError {
  return unavailable('store_unavailable', 'The connection that locks threads was lost.', undefined);
}

/** Another process got the lock of the run to which a write belongs. */
export function lockLost(): UnavailableError {
  return unavailable('lock_lost', 'The connection that held the lock of this thread was lost.', undefined);
}

function unavailable(code: string, why: string, cause: unknown): UnavailableError {
  return new UnavailableError('The chat is busy. Try again in a moment.', {
    code,
    allowRetry: true,
    retryAfter: 1,
    cause: new Error(why, { cause }),
  });
}

/** A `PostgresSetupError` if the operator must change the database or its settings; else the error itself. */
export function toSetupError(error: unknown): unknown {
  const code = codeOf(error);
  const said = messageOf(error);
  if (code === '3F000') {
    return new PostgresSetupError(
      'postgres_rights_missing',
      `The search_path names no schema in which the database user may create tables (${said}). Create one, or ` +
        'correct the search_path: ALTER ROLE <user> SET search_path = <schema>;',
      { cause: error },
    );
  }
  if (code === '42501') {
    return new PostgresSetupError(
      'postgres_rights_missing',
      `The database user may not create the tables of the chat (${said}). Allow it: ` +
        'GRANT CREATE ON SCHEMA public TO <user>; or let another user start the app once.',
      { cause: error },
    );
  }
  if (/^(28|3D000)/.test(code)) {
    return new PostgresSetupError(
      'postgres_refused',
      `PostgreSQL does not accept the user, the password or the database (${said}). Check them in the URL.`,
      { cause: error },
    );
  }
  return error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
