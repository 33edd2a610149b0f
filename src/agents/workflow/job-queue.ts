/** What waits for its turn, until no more comes. */
export class JobQueue<J> {
  private readonly waiting: J[] = [];
  private hasEnded = false;
  private wake: (() => void) | undefined;

  push(job: J): void {
    this.waiting.push(job);
    this.wake?.();
  }

  /** No more comes; what waits is still handed out. */
  end(): void {
    this.hasEnded = true;
    this.wake?.();
  }

  /** Takes all that waits. */
  clear(): J[] {
    return this.waiting.splice(0);
  }

  /** The next one; `undefined` when there are no more. */
  async next(): Promise<J | undefined> {
    while (this.waiting.length === 0 && !this.hasEnded) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.waiting.shift();
  }
}
