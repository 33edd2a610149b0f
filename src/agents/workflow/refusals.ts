import { setImmediate } from 'node:timers/promises';

/** How often code is told that nothing more is done. */
const MOST = 100;

/**
 * Refuses what the code of a workflow asks for when its turn is over. Code that tries again in a loop, as
 * `for (;;) try { … } catch {}`, is refused at once each time: without a turn of the event loop in between
 * it would stop the whole process, and without an end it would go on for ever.
 */
export class Refusals {
  private count = 0;

  /** Rejects in a later turn of the event loop. After many times it never settles: that ends such a loop. */
  async refuse(reason: Error): Promise<never> {
    this.count += 1;
    if (this.count > MOST) return new Promise<never>(() => undefined); // nothing refers to it: the loop is collected
    await setImmediate();
    throw reason;
  }
}
