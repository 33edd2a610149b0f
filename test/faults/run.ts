/*
 * Several processes on one database, users that talk to them through the client package, and faults at
 * random moments: processes are killed (`kill -9`) and started again, connections of the database are cut,
 * users hang up and say things twice. What each user was told is then held against the database.
 *
 *   npm run test:faults -- --kills 200 --seed 7
 *
 * Prints a line `ok …` or `FAILED …` for each thing that must hold.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { run } from '../support/postgres/run';
import { startServer, whyNoServer } from '../support/postgres/server';
import { check } from './check';
import { Cluster } from './cluster';
import { History } from './history';
import { Random } from './random';
import { User } from './user';

const PROCESSES = 3;
const USERS = 6;
/** In which what was cut off is found: a lease and a look, and as much again. */
const QUIET_MS = 60_000;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '12' }, seed: { type: 'string', default: '1' } },
});

async function main(): Promise<void> {
  const problem = whyNoServer();
  if (problem !== undefined) {
    console.log(`Not tested: faults: ${problem}.`);
    return;
  }
  const server = await startServer();
  const database = server.url;
  const history = new History();
  const cluster = new Cluster(database, PROCESSES, (violation) => history.accidents.push(violation));
  try {
    await cluster.start();
    await makeFaults(database, cluster, history, Number(values.kills), Number(values.seed));
    await untilQuiet(database);
    report(await check(database, history));
    console.log(
      JSON.stringify({ ...history.outcomes, told: history.told.length, kills: Number(values.kills) }),
    );
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

function report(findings: Record<string, string[]>): void {
  for (const [name, wrong] of Object.entries(findings)) {
    console.log(`${wrong.length === 0 ? 'ok' : 'FAILED'} ${name}`);
    for (const each of wrong.slice(0, 10)) console.log(`  ${each}`);
    if (wrong.length > 0) process.exitCode = 1;
  }
}

void main();
