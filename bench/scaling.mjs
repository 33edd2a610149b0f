/* What an action costs in longer threads and with more handlers. See README.md. */
import { parseArgs } from 'node:util';
import { LOAD_CORE, SERVER_CORE, start } from './lib/processes.mjs';
import { median } from './lib/statistics.mjs';
import { requestBody } from './workload.mjs';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const timing = flags.quick ? { rounds: 3, heat: 2000, ms: 300 } : { rounds: 7, heat: 10_000, ms: 500 };
const LENGTHS = flags.quick ? [10, 1000, 10_000] : [10, 1000, 100_000];
const HANDLERS = [10, 10_000];

const load = await start('load/generator.mjs', LOAD_CORE);

/** The processor time of an action, in microseconds, for each of the servers; they are measured in turns. */
async function cpuOf(configurations) {
  const servers = [];
  for (const args of configurations) servers.push(await start('servers/scaling.mjs', SERVER_CORE, [], args));
  const target = ({ hello }) => ({
    port: hello.port,
    connections: 1,
    bodies: [requestBody(0)],
    minimumLength: 2000,
  });
  for (const server of servers) {
    await load.ask('heat', { ...target(server), requests: timing.heat, maxMs: 10_000 });
  }
  const samples = servers.map(() => []);
  for (let round = 0; round < timing.rounds; round += 1) {
    for (const [index, server] of servers.entries()) {
      const before = await server.ask('cpu');
      const { total } = await load.ask('measure', { ...target(server), warmMs: 50, ms: timing.ms });
      const after = await server.ask('cpu');
      samples[index].push((after.user + after.system - before.user - before.system) / total);
    }
  }
  for (const server of servers) server.stop();
  return samples.map(median);
}

const results = [];
for (const store of ['memory', 'sqlite']) {
  const byLength = await cpuOf(LENGTHS.map((items) => [store, String(items), '10']));
  const byHandlers = await cpuOf(HANDLERS.map((handlers) => [store, '10', String(handlers)]));
  results.push({
    store,
    items: LENGTHS.map((items, index) => ({ items, micros: byLength[index] })),
    handlers: HANDLERS.map((handlers, index) => ({ handlers, micros: byHandlers[index] })),
  });
}
load.stop();

if (flags.json) console.log(JSON.stringify(results));
else {
  const shown = (rows, field) =>
    rows.map((row) => `${row[field].toLocaleString('en')}: ${row.micros.toFixed(0)}`).join('   ');
  for (const { store, items, handlers } of results) {
    console.log(`${store}: processor time of an action, in microseconds`);
    console.log(`  items in its thread   ${shown(items, 'items')}`);
    console.log(`  handlers              ${shown(handlers, 'handlers')}`);
  }
}
