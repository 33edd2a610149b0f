/* What starting costs: the import beyond its peers, and apps with many handlers. See README.md. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const env = { ...process.env, NODE_ENV: 'production' };
const ROUNDS = flags.quick ? 3 : 15;
const script = fileURLToPath(new URL('servers/start-once.mjs', import.meta.url));

/** Each in a process of its own, since a second time costs nothing. */
const samples = Array.from({ length: ROUNDS }, () =>
  JSON.parse(spawnSync(process.execPath, [script], { encoding: 'utf8', env }).stdout),
);
const result = Object.fromEntries(
  Object.keys(samples[0]).map((key) => [key, median(samples.map((sample) => sample[key]))]),
);

if (flags.json) console.log(JSON.stringify(result));
else {
  console.log(`import beyond its peers   ${result.importMs.toFixed(0)} ms (goal 150)`);
  console.log(`1,000 handlers            ${result.thousandHandlersMs.toFixed(0)} ms (goal 100)`);
}
