import type { Random } from './random';
import type { Habits } from './user';

/** What happens to a world, and what its users are like. */
export interface Schedule {
  /** Its users are `user-<number>0` and so on. */
  readonly number: number;
  readonly users: number;
  readonly habits: Habits;
  /** In order; each after so many milliseconds since the last one was over. */
  readonly faults: readonly { readonly afterMs: number; readonly name: string }[];
  /** How long users go on after the last of them, in milliseconds. */
  readonly restMs: number;
}

export const USUAL_HABITS: Habits = {
  twice: 0.15,
  leave: 0.15,
  stall: 0.01,
  retry: 0.05,
  count: 0.1,
  delete: 0.02,
};

/** A short one of any kind. */
export function randomSchedule(number: number, names: readonly string[], random: Random): Schedule {
  const often = (most: number): number => (random.chance(0.5) ? random.between(0, most) : 0);
  return {
    number,
    users: 2 + random.below(4),
    habits: {
      twice: often(0.5),
      leave: often(0.5),
      stall: often(0.1),
      retry: often(0.3),
      count: often(0.5),
      delete: often(0.2),
    },
    faults: Array.from({ length: 1 + random.below(3) }, () => ({
      afterMs: random.between(0, 400),
      name: random.of(names),
    })),
    restMs: random.between(100, 500),
  };
}

/** One that is easily read. */
export function toText({ number, users, habits, faults }: Schedule): string {
  const liked = Object.entries(habits).filter(([, chance]) => chance > 0);
  return [
    `schedule ${String(number)}: ${String(users)} users`,
    ...liked.map(([name, chance]) => `${name} ${String(Math.round(100 * chance))} %`),
    ...faults.map(({ afterMs, name }) => `${name} after ${String(Math.round(afterMs))} ms`),
  ].join(', ');
}
