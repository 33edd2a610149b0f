/** A queue of jobs that can be ended. */
export class JobQueue<J> {
  private readonly waiting: J[] = [];
  private hasEnded = false;
  private wake: (() => void) | undefined;

  push(job: J): void {
    this.waiting.push(job);
    this.wake?.();
  }

  /** Ends the queue. `next` still returns the jobs that wait. */
  end(): void {
    this.hasEnded = true;
    this.wake?.();
  }

  /** Removes and returns all jobs that wait. */
  clear(): J[] {
    return this.waiting.splice(0);
  }

  /** Waits for the next job; `undefined` if the queue is empty and has ended. */
  async next(): Promise<J | undefined> {
    while (this.waiting.length === 0 && !this.hasEnded) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.waiting.shift();
  }
}
