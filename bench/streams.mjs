/* Long streams, and many that are idle. See README.md for how to run and read this. */
import { parseArgs } from 'node:util';
import { LOAD_CORE, SERVER_CORE, start } from './lib/processes.mjs';
import { median } from './lib/statistics.mjs';
import { DELTAS } from './servers/streams.mjs';
import { pageAction } from './workload.mjs';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const timing = flags.quick
  ? { rounds: 2, heat: 100, ms: 500, idle: 500 }
  : { rounds: 5, heat: 400, ms: 1000, idle: 5000 };

const load = await start('load/generator.mjs', LOAD_CORE);
const servers = {};
for (const key of ['bare', 'ours']) {
  servers[key] = await start(`servers/streams-${key}.mjs`, SERVER_CORE, ['--expose-gc']);
}

const target = (server, type) => ({ port: server.hello.port, bodies: [pageAction(0, type)] });

async function streamsPerSecond(server, connections) {
  const { requestsPerSecond } = await load.ask('measure', {
    ...target(server, 'stream.long'),
    connections,
    minimumLength: DELTAS * 100,
    warmMs: 100,
    ms: timing.ms,
  });
  return requestsPerSecond;
}

/** What one of many open streams takes, in bytes that live after a collection. */
async function bytesPerStream(server) {
  const before = await server.ask('live');
  await load.ask('openIdle', {
    port: server.hello.port,
    connections: timing.idle,
    body: pageAction(0, 'stream.idle'),
  });
  const after = await server.ask('live');
  await load.ask('closeIdle');
  return (after - before) / timing.idle;
}

for (const server of Object.values(servers)) {
  const heat = { connections: 16, minimumLength: DELTAS * 100, requests: timing.heat, maxMs: 20_000 };
  await load.ask('heat', { ...target(server, 'stream.long'), ...heat });
}

const long = [];
for (const connections of [1, 16]) {
  const rounds = [];
  for (let round = 0; round < timing.rounds; round += 1) {
    const bare = await streamsPerSecond(servers.bare, connections);
    const ours = await streamsPerSecond(servers.ours, connections);
    rounds.push({ bare, ours, ratio: ours / bare });
  }
  const middle = (field) => median(rounds.map((round) => round[field]));
  long.push({ connections, bare: middle('bare'), ours: middle('ours'), ratio: middle('ratio') });
}
const idle = { bare: await bytesPerStream(servers.bare), ours: await bytesPerStream(servers.ours) };

for (const server of Object.values(servers)) server.stop();
load.stop();

if (flags.json) console.log(JSON.stringify({ deltas: DELTAS, long, idleStreams: timing.idle, idle }));
else {
  console.log(`A stream of ${String(DELTAS)} text deltas, streams a second: ours to a loop of res.write\n`);
  for (const { connections, bare, ours, ratio } of long) {
    const figures = `${ours.toFixed(0)} to ${bare.toFixed(0)}: ${ratio.toFixed(2)}`;
    console.log(`${String(connections).padStart(3)} connections  ${figures} (goal 0.90)`);
  }
  const [ours, bare] = [idle.ours, idle.bare].map((bytes) => (bytes / 1024).toFixed(1));
  console.log(`\n${String(timing.idle)} idle streams, KiB each: ours ${ours}, bare ${bare} (goal: 12 more)`);
}
