/* One process and several on one PostgreSQL database, under a mixed load. See README.md. */
import { deepStrictEqual } from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { check } from './lib/check.mjs';
import { startDatabase } from './lib/database.mjs';
import { coreTimes, machine } from './lib/machine.mjs';
import { start } from './lib/processes.mjs';
import { printTable } from './lib/report.mjs';
import { median } from './lib/statistics.mjs';
import { EXPECTED_ITEMS, MIX, THREADS } from './workload.mjs';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const timing = flags.quick
  ? { rounds: 2, heatMs: 1500, warmMs: 100, ms: 500 }
  : { rounds: 5, heatMs: 8000, warmMs: 300, ms: 2500 };
const PROCESSES = [1, 2, 4];
/** For each process: one at a time says how long a request takes, many how much is done. */
const CONNECTIONS = [1, 4, 16];
/** So many connections to the database a process has for what it stores, if it needs them. */
const POOL = 10;

const progress = (text) => process.stderr.write(`${text}\n`);

const database = await startDatabase();
const load = await start('load/generator.mjs');
const servers = [];
for (let count = 0; count < Math.max(...PROCESSES); count += 1) {
  const seed = count === 0 ? ['seed'] : [];
  servers.push(await start('servers/ours-postgres.mjs', undefined, [], [database.url, ...seed]));
}
await check({ title: 'ours on PostgreSQL' }, servers[0]);
progress(`${String(servers.length)} processes on PostgreSQL ${database.version}`);

/** What has been stored of each type, beside the widgets: first by the click that was checked. */
const stored = { hidden_context_item: 1, assistant_message: 1, user_message: 0 };

async function loadOn(count, connections, times) {
  const ports = servers.slice(0, count).map(({ hello }) => hello.port);
  const result = await load.ask('measure', {
    ports,
    connections: connections * count,
    mixed: true,
    ...times,
  });
  for (const [index, { stores }] of MIX.entries()) {
    for (const [type, each] of Object.entries(stores)) stored[type] += each * result.answered[index];
  }
  return result;
}

async function cpuOfServers() {
  const used = await Promise.all(servers.map((server) => server.ask('cpu')));
  return used.reduce((sum, { user, system }) => sum + user + system, 0) / 1000;
}

const busy = () => coreTimes().reduce((sum, time) => sum + time, 0);

async function measure(processes, connections) {
  const before = { app: await cpuOfServers(), database: database.cpu(), busy: busy(), at: performance.now() };
  const { requestsPerSecond, total, p50, p99 } = await loadOn(processes, connections, timing);
  const wall = performance.now() - before.at;
  const micros = (used) => (used * 1000) / total;
  const cores = (busy() - before.busy) / wall;
  const app = micros((await cpuOfServers()) - before.app);
  const ofDatabase = database.cpu();
  const alone = await start(
    'load/bare-postgres.mjs',
    undefined,
    [],
    [database.url, String(Math.min(connections, POOL) * processes)],
  );
  const bare = await alone.ask('measure', timing);
  alone.stop();
  return {
    processes,
    connections,
    requestsPerSecond,
    p50,
    p99,
    appMicros: app,
    databaseMicros: ofDatabase === undefined ? undefined : micros(ofDatabase - before.database),
    cores,
    alone: bare.requestsPerSecond,
  };
}

async function measureAll() {
  await loadOn(servers.length, 16, { warmMs: 0, ms: timing.heatMs });
  const samples = [];
  for (let round = 1; round <= timing.rounds; round += 1) {
    progress(`round ${String(round)} of ${String(timing.rounds)}`);
    for (const connections of CONNECTIONS) {
      for (const processes of PROCESSES) {
        samples.push({ round, ...(await measure(processes, connections)) });
      }
    }
  }
  return samples;
}

/** Each answer that was counted has stored what it says, once. */
async function checkStored() {
  const rows = await database.query(`SELECT i.type, count(*)::int FROM chatkit_items i
    JOIN chatkit_threads t ON t.seq = i.thread WHERE t.owner = 'shared' GROUP BY i.type`);
  const found = Object.fromEntries(rows.map(({ type, count }) => [type, count]));
  deepStrictEqual(found, { ...stored, [EXPECTED_ITEMS[0]]: THREADS });
}

/** The medians over the rounds; each ratio is one to a single process in the same round. */
function summarise(samples) {
  return CONNECTIONS.flatMap((connections) =>
    PROCESSES.map((processes) => {
      const of = (count) =>
        samples.filter((each) => each.connections === connections && each.processes === count);
      const own = of(processes);
      const single = of(1);
      const middle = (field) => median(own.map((each) => each[field]));
      const ratio = own.map(
        ({ requestsPerSecond }, round) => requestsPerSecond / processes / single[round].requestsPerSecond,
      );
      const fields = ['requestsPerSecond', 'p50', 'p99', 'appMicros', 'databaseMicros', 'cores', 'alone'];
      const medians = Object.fromEntries(fields.map((field) => [field, middle(field)]));
      return { connections, processes, ...medians, perProcess: median(ratio) };
    }),
  );
}

const began = machine();
const samples = await measureAll();
await checkStored();
progress('all that was answered is stored, once');
for (const server of servers) server.stop();
load.stop();
await database.stop();

const figures = summarise(samples);
if (flags.json) console.log(JSON.stringify({ machine: began, timing, figures, samples }, null, 2));
else {
  console.log(`\nNode ${began.node}, ${began.platform}, ${began.cpu}, PostgreSQL ${database.version}\n`);
  const whole = (value) => (Number.isNaN(value) ? '' : value.toFixed(0));
  printTable([
    [
      'processes',
      'connections each',
      'requests/s',
      'per process, of one',
      'p50 ms',
      'p99 ms',
      'CPU us/request',
      'of the database',
      'cores busy',
      'database alone, requests/s',
    ],
    ...figures.map((row) => [
      String(row.processes),
      String(row.connections),
      whole(row.requestsPerSecond),
      row.perProcess.toFixed(2),
      row.p50.toFixed(2),
      row.p99.toFixed(2),
      whole(row.appMicros),
      whole(row.databaseMicros),
      row.cores.toFixed(1),
      whole(row.alone),
    ]),
  ]);
}
