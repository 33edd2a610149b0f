import type { ClientBase, Connection } from 'pg';

/** Resolves when connections have ended. Breaks those whose server does not confirm it in time. */
export async function endWithin(
  ms: number,
  ended: Promise<unknown>,
  clients: Iterable<ClientBase>,
): Promise<void> {
  const timer = setTimeout(() => {
    // The types of `pg` lack this.
    for (const client of clients)
      (client as unknown as { connection: Connection }).connection.stream.destroy();
  }, ms);
  try {
    await ended;
  } finally {
    clearTimeout(timer);
  }
}
