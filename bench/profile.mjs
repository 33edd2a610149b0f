/* What a server spends its time on, under load. See README.md. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { check } from './lib/check.mjs';
import { CONTESTANTS } from './lib/contestants.mjs';
import { LOAD_CORE, SERVER_CORE, start } from './lib/processes.mjs';
import { group } from './lib/profile-groups.mjs';

const { values: flags } = parseArgs({
  options: {
    server: { type: 'string', default: 'ours-node' },
    connections: { type: 'string', default: '64' },
    requests: { type: 'string', default: '20000' },
    top: { type: 'string', default: '40' },
    /** Where to write the profile, for the developer tools of a browser. */
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
    /** With few requests, to see that it works. */
    quick: { type: 'boolean', default: false },
  },
});

const contestant = CONTESTANTS.find(({ key }) => key === flags.server);
if (contestant === undefined)
  throw new Error(`--server: one of ${CONTESTANTS.map(({ key }) => key).join(', ')}`);

const requests = flags.quick ? 2_000 : Number(flags.requests);
const load = await start('load/generator.mjs', LOAD_CORE);
const server = await start(contestant.script, SERVER_CORE);
const target = {
  port: server.hello.port,
  connections: Number(flags.connections),
  minimumLength: await check(contestant, server),
  requests,
  maxMs: 60_000,
};
await load.ask('heat', target);
await server.ask('reset');
await server.ask('startProfile');
await load.ask('heat', target);
const profile = await server.ask('stopProfile');
server.stop();
load.stop();

if (flags.out !== undefined) writeFileSync(flags.out, JSON.stringify(profile));
const { total, groups, functions } = group(profile);

function line({ time }, text) {
  const share = ((time / total) * 100).toFixed(1).padStart(5);
  const each = (time / requests).toFixed(2).padStart(7);
  console.log(`${share} %  ${each} us  ${text}`);
}

function print() {
  console.log(
    `${contestant.title}: ${(total / requests).toFixed(1)} us a request, of ${String(requests)} requests\n`,
  );
  console.log('Self time by whose code it is\n');
  for (const entry of groups) line(entry, entry.name);
  console.log('\nSelf time by function\n');
  for (const entry of functions.slice(0, Number(flags.top)))
    line(entry, `${entry.name}  ${entry.place || entry.group}`);
}

if (flags.json) {
  const micros = Object.fromEntries(groups.map(({ name, time }) => [name, time / requests]));
  console.log(JSON.stringify({ server: flags.server, connections: target.connections, micros }));
} else print();
