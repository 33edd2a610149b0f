import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster';
import type { Fault } from './world';

const HOUR = 3_600_000;

/** What may go wrong with processes, whatever their database is. */
export function processFaults(cluster: Cluster): Record<'kill' | 'clock', Fault> {
  return {
    kill: (random) => cluster.kill(random.below(cluster.size)),
    // It stays so until it is set again, or the process is killed.
    clock: async (random) => {
      cluster.setClock(random.below(cluster.size), random.of([-20_000, -HOUR, -24 * HOUR, 0]));
      await sleep(random.between(0, 100));
    },
  };
}
