import { setTimeout as sleep } from 'node:timers/promises';

/** What a process holds when it has nothing to do. */
export interface Levels {
  /** In bytes, after a collection. */
  heap: number;
  /** What keeps its event loop busy, by kind: sockets, timers, requests to the file system. */
  resources: Record<string, number>;
}

/** Measures this process, which was started with `--expose-gc`. */
export async function levels(): Promise<Levels> {
  if (gc === undefined) throw new Error('Start this process with --expose-gc.');
  // What is freed by finalisers is gone only after another round.
  for (let round = 0; round < 3; round += 1) {
    gc();
    await sleep(1);
  }
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  return { heap: process.memoryUsage().heapUsed, resources };
}
