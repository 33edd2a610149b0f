import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, whyNoServer } from '../support/postgres/server';
import { check } from './check';
import { History } from './history';
import type { Levels } from './levels';
import { play, untilQuiet } from './play';
import { Random } from './random';
import type { Findings } from './report';
import { USUAL_HABITS } from './schedule';
import { onPostgres } from './worlds/postgres';
import type { World } from './worlds/world';

/** What the heap of a process may have grown by since the first round, in bytes. */
const GROWTH = 8 * 1024 * 1024;
/** Longer than a connection of the database is kept that nothing uses. */
const IDLE_MS = 12_000;
const PATIENCE_MS = 60_000;

/**
 * So many minutes of mixed load, with all faults but those that end a process of the app: what it holds
 * when nothing goes on is to be the same at the end as after the first round.
 */
export async function soak(minutes: number, seed: number): Promise<Findings> {
  const problem = whyNoServer();
  if (problem !== undefined) return { wrong: {}, skipped: problem };
  const history = new History();
  const server = await startServer();
  try {
    const world = await onPostgres(server)((violation) => history.accidents.push(violation));
    try {
      return await soaked(world, history, minutes, new Random(seed));
    } finally {
      await world.stop();
    }
  } finally {
    await server.stop();
  }
}

async function soaked(world: World, history: History, minutes: number, random: Random): Promise<Findings> {
  const rounds = Math.max(3, Math.ceil(minutes));
  const heaps: number[][] = [];
  let first: Map<number, Levels> | undefined;
  for (let round = 0; round < rounds; round += 1) {
    await playRound(world, history, round, (minutes * 60_000) / rounds, random);
    await untilQuiet(world);
    if (round === 0) await sleep(IDLE_MS);
    const now = await world.cluster.levels();
    first ??= now;
    heaps.push([...now.values()].map(({ heap }) => Math.round(heap / 1024 / 1024)));
  }
  const grown = await whatGrew(world, first ?? new Map<number, Levels>());
  const { told, outcomes, faults } = history;
  return {
    wrong: { ...(await check(world, history)), 'memory and handles are back at their level': grown },
    figures: { minutes, told: told.length, ...outcomes, ...faults, heapsInMB: heaps },
  };
}

function playRound(
  world: World,
  history: History,
  number: number,
  ms: number,
  random: Random,
): Promise<void> {
  const names = Object.keys(world.faults).filter((name) => name !== 'kill');
  const count = Math.ceil(ms / 10_000);
  const faults = Array.from({ length: count }, () => ({
    afterMs: 0.7 * (ms / count),
    name: random.of(names),
  }));
  return play(world, { number, users: 6, habits: USUAL_HABITS, faults, restMs: 0.3 * ms }, history, random);
}

/** What is more than at first; handles of connections that are idle are given the time to be closed. */
async function whatGrew(world: World, first: ReadonlyMap<number, Levels>): Promise<string[]> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const now = await world.cluster.levels();
    const grown = [...first].flatMap(([pid, levels]) => difference(pid, levels, now.get(pid)));
    if (grown.length === 0 || performance.now() > deadline) return grown;
    await sleep(1_000);
  }
}

function difference(pid: number, before: Levels, now: Levels | undefined): string[] {
  if (now === undefined) return [`process ${String(pid)} is gone`];
  const kinds = Object.entries(now.resources).filter(
    ([kind, count]) => count > (before.resources[kind] ?? 0),
  );
  const handles = kinds.map(
    ([kind, count]) => `${String(count)} ${kind} instead of ${String(before.resources[kind] ?? 0)}`,
  );
  const heap = now.heap - before.heap;
  if (heap > GROWTH) handles.push(`${String(heap)} bytes more of heap`);
  return handles.map((what) => `process ${String(pid)} has ${what}`);
}
