import { startServer, whyNoServer } from '../support/postgres/server';
import { check } from './check';
import { History } from './history';
import { play, untilQuiet } from './play';
import { Random } from './random';
import type { Findings } from './report';
import { USUAL_HABITS } from './schedule';
import { onPostgres } from './worlds/postgres';

/** So many times a process is killed (`kill -9`) and started again, and connections of the database are cut. */
export async function kills(count: number, seed: number): Promise<Findings> {
  const problem = whyNoServer();
  if (problem !== undefined) return { wrong: {}, skipped: problem };
  const random = new Random(seed);
  const faults = Array.from({ length: count }, () => [
    { afterMs: random.between(100, 1500), name: 'kill' },
    ...(random.chance(0.3) ? [{ afterMs: 0, name: 'cut' }] : []),
  ]).flat();
  const history = new History();
  const server = await startServer();
  try {
    const world = await onPostgres(server)((violation) => history.accidents.push(violation));
    try {
      const schedule = { number: 0, users: 6, habits: USUAL_HABITS, faults, restMs: 0 };
      await play(world, schedule, history, random);
      await untilQuiet(world);
      return { wrong: await check(world, history), figures: figuresOf(history) };
    } finally {
      await world.stop();
    }
  } finally {
    await server.stop();
  }
}

function figuresOf({ told, outcomes, faults }: History): object {
  return { ...faults, told: told.length, ...outcomes };
}
