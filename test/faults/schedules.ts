import { startServer, whyNoServer, type RunningServer } from '../support/postgres/server';
import { check } from './check';
import { History } from './history';
import { play, untilQuiet } from './play';
import { Random } from './random';
import type { Findings } from './report';
import { randomSchedule, toText, type Schedule } from './schedule';
import { onPostgres } from './worlds/postgres';
import { onSqlite } from './worlds/sqlite';
import type { MakeWorld } from './worlds/world';

/** So many schedules, one after the other, share a world: what is left of a run is looked for once. */
const AT_MOST = 50;

/**
 * So many random schedules: processes and databases are killed, connections cut, disks filled, locks held,
 * clocks set back, while users hang up, stall, say things twice, retry, and delete.
 */
export async function schedules(count: number, seed: number): Promise<Findings> {
  const server = whyNoServer() === undefined ? await startServer() : undefined;
  const worlds = [...makers(server)];
  const wrong: Record<string, string[]> = {};
  const figures: Record<string, number> = { schedules: 0 };
  const size = Math.max(1, Math.min(AT_MOST, Math.ceil(count / worlds.length)));
  try {
    for (let from = 0, batch = 0; from < count; from += size, batch += 1) {
      const make = worlds[batch % worlds.length];
      if (make === undefined) continue;
      const found = await playBatch(make, seed, from, Math.min(from + size, count));
      for (const [name, problems] of Object.entries(found.wrong)) (wrong[name] ??= []).push(...problems);
      for (const [name, figure] of Object.entries(found.figures))
        figures[name] = (figures[name] ?? 0) + figure;
    }
  } finally {
    await server?.stop();
  }
  const skipped = whyNoServer();
  return { wrong, figures, ...(skipped === undefined ? {} : { skipped }) };
}

function* makers(server: RunningServer | undefined): Generator<MakeWorld> {
  if (server !== undefined) yield onPostgres(server);
  const sqlite = onSqlite();
  if (sqlite !== undefined) yield sqlite;
}

async function playBatch(
  make: MakeWorld,
  seed: number,
  from: number,
  to: number,
): Promise<{ wrong: Record<string, string[]>; figures: Record<string, number> }> {
  const history = new History();
  const world = await make((violation) => history.accidents.push(violation));
  const played: Schedule[] = [];
  try {
    for (let number = from; number < to; number += 1) {
      const random = new Random(seed * 1_000_003 + number);
      const schedule = randomSchedule(number, Object.keys(world.faults), random);
      played.push(schedule);
      await play(world, schedule, history, random);
    }
    await untilQuiet(world);
    const wrong = await check(world, history);
    for (const problems of Object.values(wrong)) explain(problems, played);
    return {
      wrong,
      figures: { schedules: to - from, told: history.told.length, ...history.outcomes, ...history.faults },
    };
  } finally {
    await world.stop();
  }
}

/** Says after each problem of a user in what schedule it was. */
function explain(problems: string[], played: readonly Schedule[]): void {
  for (const [index, problem] of problems.entries()) {
    const number = Math.floor(Number(/user-(\d+)/.exec(problem)?.[1]) / 10);
    const schedule = played.find((each) => each.number === number);
    if (schedule !== undefined) problems[index] = `${problem}\n    in ${toText(schedule)}`;
  }
}
