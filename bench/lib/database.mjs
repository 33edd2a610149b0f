import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const EMBEDDED = fileURLToPath(new URL('../../samples/cluster/embedded-postgres.ts', import.meta.url));

/** The server of DATABASE_URL, or one with PostgreSQL's defaults that is thrown away: it ends with this process. */
async function startServer() {
  const given = process.env.DATABASE_URL;
  if (given !== undefined) return { url: given, stop: () => undefined };
  const child = fork(EMBEDDED, { execArgv: ['--import', 'tsx'], detached: true });
  const exited = once(child, 'exit');
  const [url] = await Promise.race([once(child, 'message'), exited]);
  if (typeof url !== 'string') throw new Error('PostgreSQL did not start. DATABASE_URL may name a server.');
  return {
    url,
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}

/** A database of its own on that server. */
export async function startDatabase() {
  const server = await startServer();
  const name = `chatkit_bench_${String(process.pid)}`;
  await run(server.url, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = server.url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
  const { pid, version } = await describe(url);
  return {
    url,
    version,
    query: (sql) => run(url, sql),
    /** The processor time of the server so far, in milliseconds; `undefined` where it runs elsewhere. */
    cpu: () => (pid === undefined ? undefined : cpuOf(pid)),
    async stop() {
      await run(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function run(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The server's version, and the process id of the parent of all its processes, where it runs on this machine. */
async function describe(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const sql = `SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version`;
    const [{ pid, version }] = (await client.query(sql)).rows;
    const found = statOf(pid);
    return { version, pid: found?.name === 'postgres' ? found.parent : undefined };
  } finally {
    await client.end();
  }
}

function cpuOf(parent) {
  const own = statOf(parent);
  if (own === undefined) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((each) => each?.parent === parent);
  return children.reduce((sum, { ticks }) => sum + ticks, own.ticks + own.ended) * 10; // a tick is 10 ms
}

function statOf(pid) {
  try {
    const [, name, rest] = /\((.*)\) \S (.*)/.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
    const numbers = rest.split(' ').map(Number); // from the 4th field on, see proc(5)
    const [user, system, endedUser, endedSystem] = numbers.slice(10, 14);
    return { name, parent: numbers[0], ticks: user + system, ended: endedUser + endedSystem };
  } catch {
    return undefined; // it has ended, or this is no Linux
  }
}
