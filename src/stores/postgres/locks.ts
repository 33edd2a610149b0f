/**
 * The first key of the advisory locks that this package holds within a transaction; the second key says which
 * one. Thread locks have one key of 64 bits, and never collide with these.
 */
const FAMILY = 0x636b6974;

/** Held by the process that brings the schema up to date. */
export const MIGRATION = `pg_advisory_xact_lock(${String(FAMILY)}, 0)`;

/** Shared by all transactions that create threads. */
export const MAKES_THREADS = `pg_advisory_xact_lock_shared(${String(FAMILY)}, 1)`;

/** Granted when all transactions that create threads now have committed. */
export const NO_THREADS_ARE_MADE = `pg_advisory_xact_lock(${String(FAMILY)}, 1)`;

/** @param owner an SQL expression; owners whose hashes collide share a lock, and then wait for each other */
export function ofOwner(owner: string): string {
  return `pg_advisory_xact_lock(${String(FAMILY + 1)}, hashtext(${owner}))`;
}
