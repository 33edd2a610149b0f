import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

/** The server that DATABASE_URL names, or one that is started here and thrown away at the end. */
export async function startDatabase(): Promise<Database> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  const child = fork(join(__dirname, 'embedded-postgres.js'), {
    detached: true, // Ctrl-C in a terminal must not end it before the processes that use it
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const [url] = (await Promise.race([once(child, 'message'), exited])) as [unknown];
  if (typeof url !== 'string') throw new Error('PostgreSQL did not start. DATABASE_URL may name a server.');
  console.log(`PostgreSQL runs (pid ${String(child.pid)}).`);
  return {
    url,
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
