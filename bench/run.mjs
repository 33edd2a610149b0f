/* All servers under the same load, in turns. See README.md for how to run and read this. */
import { parseArgs } from 'node:util';
import { check } from './lib/check.mjs';
import { COMPARISONS, CONTESTANTS } from './lib/contestants.mjs';
import { coreTimes, machine } from './lib/machine.mjs';
import { canPin, LOAD_CORE, SERVER_CORE, start } from './lib/processes.mjs';
import { compare, print, summarise } from './lib/report.mjs';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

/** Times in milliseconds. All fits into four minutes, the quick way into forty seconds. */
const timing = flags.quick
  ? { rounds: 2, heat: { requests: 10_000, maxMs: 2000 }, warmMs: 100, ms: 500 }
  : { rounds: 5, heat: { requests: 30_000, maxMs: 5000 }, warmMs: 200, ms: 1900 };
const CONNECTIONS = [1, 4, 64];

const wanted = flags.only?.split(',');
const contestants = CONTESTANTS.filter(({ key }) => wanted === undefined || wanted.includes(key));

const progress = (text) => process.stderr.write(`${text}\n`);

async function measure({ server, minimumLength }, load, connections, { warmMs, ms }) {
  await server.ask('reset');
  const coresBefore = coreTimes();
  const before = await server.ask('cpu');
  const result = await load.ask('measure', {
    port: server.hello.port,
    connections,
    warmMs,
    ms,
    minimumLength,
  });
  const after = await server.ask('cpu');
  const memory = await server.ask('memory');
  const serverMs = (after.user + after.system - before.user - before.system) / 1000;
  const loadMs = result.cpuShare * (warmMs + ms);
  const busyMs = coreTimes().reduce((sum, time, core) => sum + time - coresBefore[core], 0);
  return {
    requestsPerSecond: result.requestsPerSecond,
    p50: result.p50,
    p99: result.p99,
    cpuMicros: (serverMs * 1000) / result.total,
    memoryMb: memory / 2 ** 20,
    loadShare: result.cpuShare,
    othersShare: Math.max(0, busyMs - serverMs - loadMs) / (warmMs + ms),
  };
}

async function main() {
  const began = machine();
  if (!canPin) progress('No second core or no taskset: servers and load share what there is.');
  const load = await start('load/generator.mjs', LOAD_CORE);
  const running = [];
  for (const contestant of contestants) {
    const server = await start(contestant.script, SERVER_CORE);
    const length = await check(contestant, server);
    progress(`${contestant.title}: events as expected, ${String(length)} bytes`);
    running.push({ contestant, server, minimumLength: length });
  }
  for (const { server, minimumLength } of running) {
    const { port } = server.hello;
    await load.ask('heat', { port, connections: 64, minimumLength, ...timing.heat });
  }

  const samples = [];
  for (let round = 1; round <= timing.rounds; round += 1) {
    progress(`round ${String(round)} of ${String(timing.rounds)}`);
    for (const connections of CONNECTIONS) {
      for (const one of running) {
        const sample = await measure(one, load, connections, timing);
        samples.push({ key: one.contestant.key, round, connections, ...sample });
      }
    }
  }
  for (const { server } of running) server.stop();
  load.stop();

  const figures = summarise(samples, contestants, CONNECTIONS);
  const comparisons = compare(samples, COMPARISONS, CONNECTIONS);
  const report = { machine: began, pinned: canPin, timing, comparisons, figures, samples };
  if (flags.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else print(report);
}

await main();
