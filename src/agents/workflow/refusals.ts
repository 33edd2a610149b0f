import { setImmediate } from 'node:timers/promises';

/** How many calls of a turn that is over are rejected; later ones never settle. */
const MOST = 100;

/**
 * Refuses calls of a workflow's code when its turn is over. Code that retries in a loop, such as
 * `for (;;) try { … } catch {}`, would block the process if it were rejected without a turn of the event loop
 * in between, and would run forever if the rejections did not end.
 */
export class Refusals {
  private count = 0;

  /** Rejects in a later turn of the event loop. After `MOST` calls it never settles. */
  async refuse(reason: Error): Promise<never> {
    this.count += 1;
    if (this.count > MOST) return new Promise<never>(() => undefined); // collected with the loop: nothing refers to it
    await setImmediate();
    throw reason;
  }
}
