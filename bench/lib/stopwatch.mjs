import { median } from './statistics.mjs';

/**
 * The processor time that one call of each takes, in microseconds: time of this process alone, so
 * that others do not count. They run in turns, since a busy machine slows code down as well, and the
 * median of the turns counts.
 *
 * @param work by name: a function that does its work `times` over, now or as a promise
 */
export async function inTurns(work, { rounds, ms }) {
  const names = Object.keys(work);
  const times = {};
  const samples = {};
  for (const name of names) {
    times[name] = await fitting(work[name], ms);
    samples[name] = [];
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) samples[name].push(await time(work[name], times[name]));
  }
  return Object.fromEntries(names.map((name) => [name, median(samples[name])]));
}

/** How many times fit into `ms`, found by running: this warms the code up as well. */
async function fitting(run, ms) {
  let times = 1;
  for (;;) {
    const took = (await time(run, times)) * times;
    if (took >= (ms * 1000) / 2) return Math.max(1, Math.round((times * ms * 1000) / took));
    times *= 2;
  }
}

async function time(run, times) {
  const before = process.cpuUsage();
  await run(times);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
