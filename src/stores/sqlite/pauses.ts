/** In milliseconds: the longer a lock is held, the seldomer it is tried. */
const FIRST = 1;
const LONGEST = 25;

/** The pauses between two tries to get a lock. */
export class Pauses {
  #next = FIRST;

  /** Calls `attempt` after a pause, which is longer each time. */
  schedule(attempt: () => void): void {
    setTimeout(attempt, this.#next);
    this.#next = Math.min(2 * this.#next, LONGEST);
  }

  /** The next pause is the shortest again. */
  reset(): void {
    this.#next = FIRST;
  }
}
