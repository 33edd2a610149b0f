/**
 * The first number of the advisory locks of this package that are held within a transaction; the second
 * tells which. Those of thread locks have one number of 64 bits, and never meet these.
 */
const FAMILY = 0x636b6974;

/** Held by who brings the schema up to date. */
export const MIGRATION = `pg_advisory_xact_lock(${String(FAMILY)}, 0)`;

/** Held by all that make threads, beside each other. */
export const MAKES_THREADS = `pg_advisory_xact_lock_shared(${String(FAMILY)}, 1)`;

/** Taken when all that make threads now have committed. */
export const NO_THREADS_ARE_MADE = `pg_advisory_xact_lock(${String(FAMILY)}, 1)`;

/** @param owner an expression; two owners may have the same lock, and then wait for each other */
export function ofOwner(owner: string): string {
  return `pg_advisory_xact_lock(${String(FAMILY + 1)}, hashtext(${owner}))`;
}
