import { setTimeout } from 'node:timers/promises';

import { run } from '../../support/postgres';

/** Resolves when so many connections of the stores wait for a lock. */
export async function waitingBackends(url: string, count: number): Promise<void> {
  for (;;) {
    const [row] = await run(
      url,
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'chatkit-controllers%' AND wait_event_type = 'Lock'`,
    );
    if (row?.['waiting'] === count) return;
    await setTimeout(10);
  }
}

/** Ends the connections of the stores, as a server that is restarted does. */
export async function endConnections(url: string, database?: string): Promise<void> {
  const name = database === undefined ? 'current_database()' : `'${database}'`;
  await run(
    url,
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = ${name} AND application_name LIKE 'chatkit-controllers%'`,
  );
}
