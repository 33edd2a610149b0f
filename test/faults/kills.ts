import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../support/postgres/run';
import { startServer, whyNoServer } from '../support/postgres/server';
import { check } from './check';
import { Cluster } from './cluster';
import { History } from './history';
import { Random } from './random';
import type { Findings } from './report';
import { User } from './user';

const PROCESSES = 3;
const USERS = 6;
/** In which what was cut off is found: a lease and a look, and as much again. */
const QUIET_MS = 60_000;

/**
 * Several processes on one database, and users that talk to them through the client package, hang up, and
 * say things twice; so many times a process is killed (`kill -9`) and started again, and connections of the
 * database are cut. What each user was told is then held against the database.
 */
export async function kills(count: number, seed: number): Promise<Findings> {
  const problem = whyNoServer();
  if (problem !== undefined) return { wrong: {}, skipped: problem };
  const server = await startServer();
  const database = server.url;
  const history = new History();
  const cluster = new Cluster(database, PROCESSES, (violation) => history.accidents.push(violation));
  try {
    await cluster.start();
    await makeFaults(database, cluster, history, count, seed);
    await untilQuiet(database);
    const figures = { kills: count, told: history.told.length, ...history.outcomes };
    return { wrong: await check(database, history), figures };
  } finally {
    cluster.stop();
    await server.stop();
  }
}

async function makeFaults(
  database: string,
  cluster: Cluster,
  history: History,
  kills: number,
  seed: number,
): Promise<void> {
  const random = new Random(seed);
  const over = new AbortController();
  const users = Array.from({ length: USERS }, (_, n) => {
    const user = new User(`user-${String(n)}`, cluster, history, new Random(seed * 100 + n));
    return user.run(over.signal);
  });
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(random.between(100, 1500));
    await cluster.kill(Math.floor(random.next() * PROCESSES));
    if (random.chance(0.3)) await cutConnections(database);
  }
  over.abort();
  await Promise.all(users);
}

async function cutConnections(database: string): Promise<void> {
  await run(
    database,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name LIKE 'chatkit-controllers%' AND random() < 0.5`,
  );
}

async function untilQuiet(database: string): Promise<void> {
  const deadline = Date.now() + QUIET_MS;
  while (Date.now() < deadline) {
    const rows = await run(database, 'SELECT 1 FROM chatkit_runs LIMIT 1');
    if (rows.length === 0) return;
    await sleep(500);
  }
}
