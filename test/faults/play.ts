import { setTimeout as sleep } from 'node:timers/promises';
import type { History } from './history';
import { Random } from './random';
import type { Schedule } from './schedule';
import { User } from './user';
import type { World } from './worlds/world';

/** In which what was cut off is found: a lease and a look, and as much again. */
const QUIET_MS = 60_000;

/** Lets a schedule happen; resolves when its users have gone. */
export async function play(
  world: World,
  schedule: Schedule,
  history: History,
  random: Random,
): Promise<void> {
  const { number, habits, faults, restMs } = schedule;
  const over = new AbortController();
  const users = Array.from({ length: schedule.users }, (_, index) =>
    new User(
      `user-${String(number * 10 + index)}`,
      world.cluster,
      history,
      new Random(Math.floor(random.next() * 2 ** 31)),
      habits,
    ).run(over.signal),
  );
  for (const { afterMs, name } of faults) {
    await sleep(afterMs);
    await world.faults[name]?.(random);
    history.faults[name] = (history.faults[name] ?? 0) + 1;
  }
  await sleep(restMs);
  over.abort();
  await Promise.all(users);
}

/** Resolves when no run is left, or will be. */
export async function untilQuiet(world: World): Promise<void> {
  const deadline = performance.now() + QUIET_MS;
  while (performance.now() < deadline) {
    const rows = await world.query('SELECT 1 FROM chatkit_runs LIMIT 1');
    if (rows.length === 0) return;
    await sleep(500);
  }
}
