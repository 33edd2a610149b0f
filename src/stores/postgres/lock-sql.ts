import { statement } from './statement';

/** The channel on which processes announce waiting requests and releases. */
export const CHANNEL = 'chatkit_locks';
const TELL = `pg_notify('${CHANNEL}', $2)`;

/** name */
export const TRY = statement('SELECT pg_try_advisory_lock($1::bigint)');
/** name, message. Announces the new holder if the lock is free. */
export const TRY_IN_TURN = statement(
  `SELECT CASE WHEN pg_try_advisory_lock($1::bigint) THEN ${TELL}::text IS NOT NULL ELSE false END`,
);
/**
 * name, server processes of earlier connections. Answers `own` if one of them still has the lock, and ends it: the
 * server may notice much later than this process that a connection is lost.
 */
export const TRY_AGAIN = statement(
  `SELECT CASE WHEN pg_try_advisory_lock($1::bigint) THEN 't' WHEN (
    SELECT count(pg_terminate_backend(pid)) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND pid = ANY ($2::int[])
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (classid::bigint << 32 | objid::bigint) = $1::bigint
  ) > 0 THEN 'own' ELSE 'f' END`,
);

/** name */
export const UNLOCK = statement('SELECT pg_advisory_unlock($1::bigint)');
/** message */
export const TELL_ALL = statement(`SELECT pg_notify('${CHANNEL}', $1)`);
