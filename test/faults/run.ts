/*
 * Faults at random, several parts of them. Without a part's flag each runs at the size that CI has time for;
 * with one or more, those alone run, so often (`--soak` so many minutes):
 *
 *   npm run test:faults -- --bodies 100000 --seed 7
 *
 * Prints a line `ok …` or `FAILED …` for each thing that must hold. The same seed makes the same faults.
 */
import { parseArgs } from 'node:util';
import { type Findings, Report } from './report';
import { bodies } from './fuzz/bodies';
import { streams } from './fuzz/streams';
import { kills } from './kills';
import { schedules } from './schedules';
import { soak } from './soak';

interface Part {
  /** How often it runs where no flag says it. */
  readonly usual: number;
  run(count: number, seed: number): Promise<Findings>;
}

const PARTS: Record<string, Part> = {
  bodies: { usual: 5_000, run: bodies },
  streams: { usual: 5_000, run: streams },
  kills: { usual: 12, run: kills },
  schedules: { usual: 8, run: schedules },
  soak: { usual: 0.5, run: soak }, // minutes
};

const options = Object.fromEntries(
  [...Object.keys(PARTS), 'seed'].map((name) => [name, { type: 'string' as const }]),
);

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const { seed = '1', ...asked } = values as Record<string, string | undefined>;
  const report = new Report();
  for (const [name, { usual, run }] of Object.entries(PARTS)) {
    if (Object.keys(asked).length > 0 && asked[name] === undefined) continue;
    const count = Number(asked[name] ?? usual);
    report.begin(`--${name} ${String(count)} --seed ${seed}`);
    report.add(await run(count, Number(seed)));
  }
}

void main();
