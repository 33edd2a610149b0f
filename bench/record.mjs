/* Runs all benchmarks of the page docs/performance.md and keeps their figures. See README.md. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FIGURES } from './lib/performance-page.mjs';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const { only } = flags;
const pass = flags.quick ? ['--quick'] : [];

/** Whose profiles the page shows. */
const PROFILED = [
  ['a', 64],
  ['ours-node', 64],
  ['a', 1],
  ['ours-node', 1],
  ['ours-sqlite', 64],
];

function figuresOf(script, ...more) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [path, '--json', ...more, ...pass], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${script} ended with code ${String(status)}.`);
  return JSON.parse(stdout);
}

/** The parts of the record, each with the benchmark that makes it. */
const PARTS = {
  streams: () => figuresOf('streams.mjs'),
  scaling: () => figuresOf('scaling.mjs'),
  startup: () => figuresOf('startup.mjs'),
  installs: () => figuresOf('installs.mjs'),
  profiles: () =>
    PROFILED.map(([server, connections]) =>
      figuresOf('profile.mjs', '--server', server, '--connections', String(connections)),
    ),
};

function servers() {
  const { machine, timing, comparisons, figures } = figuresOf('run.mjs');
  return { machine, rounds: timing.rounds, comparisons, figures };
}

const parts = (names) => Object.fromEntries(names.map((name) => [name, PARTS[name]()]));
const recorded =
  only === undefined
    ? { ...servers(), ...parts(Object.keys(PARTS)) }
    : { ...JSON.parse(readFileSync(FIGURES, 'utf8')), ...parts(only.split(',')) };
const rounded = (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);
writeFileSync(FIGURES, `${JSON.stringify(recorded, rounded, 2)}\n`);
await import('./render.mjs');
