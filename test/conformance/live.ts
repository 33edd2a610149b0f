import fc from 'fast-check';
import { MemoryStore } from '../../src';
import { SqliteStore } from '../../src/stores/sqlite';
import { play } from './client';
import { compare, type Difference } from './compare';
import type { Scenario } from './language';
import { normalise } from './normalise';
import { prepare } from './oracle/environment';
import { startOracle } from './oracle-side';
import { startOurs } from './our-side';
import { drawnScenario } from './random/drawn';
import { write } from './random/write';
import { FAMILIES } from './scenarios';
import type { Side } from './session';

/*
 * `npm run conformance [runs [seed]]`: the reference and ours side by side, on every scenario and on
 * random ones (1,000 by default). A random difference is shrunk to the smallest scenario that shows it.
 */

async function differ(scenario: Scenario, theirs: Side, ours: Side): Promise<Difference | undefined> {
  const [expected, actual] = await Promise.all([play(scenario, theirs), play(scenario, ours)]);
  return compare(scenario, normalise(expected), normalise(actual)).difference;
}

function report(scenario: Scenario, side: Side, { exchange, expected, ours }: Difference): string {
  const shown = { exchanges: scenario.exchanges, exchange, expected, ours };
  return `${side.name} differs in "${scenario.name}":\n${JSON.stringify(shown, null, 1)}`;
}

async function main(runs = 1000, seed = Date.now()): Promise<void> {
  prepare();
  const sides = await Promise.all([
    startOracle(),
    startOurs('MemoryStore', () => new MemoryStore()),
    startOurs('SqliteStore', () => new SqliteStore(':memory:')),
  ]);
  const [theirs, ...stores] = sides;
  let differences = 0;
  try {
    for (const scenario of Object.values(FAMILIES).flat()) {
      const side = stores[scenario.name.length % stores.length]!;
      const difference = await differ(scenario, theirs, side);
      if (difference === undefined) continue;
      differences += 1;
      console.error(report(scenario, side, difference));
    }
    const count = Object.values(FAMILIES).flat().length;
    console.log(`${String(count)} scenarios, ${String(differences)} unexplained differences`);
    await fc.assert(
      fc.asyncProperty(drawnScenario, async (drawn) => {
        const scenario = write(drawn);
        const side = stores[scenario.exchanges.length % stores.length]!;
        const difference = await differ(scenario, theirs, side);
        if (difference !== undefined) throw new Error(report(scenario, side, difference));
      }),
      { numRuns: runs, seed },
    );
    console.log(`${String(runs)} random sequences (seed ${String(seed)}), no unexplained difference`);
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
  if (differences > 0) process.exitCode = 1;
}

main(...process.argv.slice(2).map(Number)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
