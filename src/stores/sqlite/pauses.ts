/** In milliseconds. Pauses grow, so that a lock that is held for long is tried less often. */
const FIRST = 1;
const LONGEST = 25;

/** The pauses between attempts to get a lock. */
export class Pauses {
  #next = FIRST;

  /** Calls `attempt` after a pause that doubles each time, up to the longest. */
  schedule(attempt: () => void): void {
    setTimeout(attempt, this.#next);
    this.#next = Math.min(2 * this.#next, LONGEST);
  }

  /** Makes the next pause the shortest again. */
  reset(): void {
    this.#next = FIRST;
  }
}
