/**
 * Says whether the stream can take another event. What is busy with an event (a store, a socket) holds the gate
 * (a store that saves, a socket that needs to drain), and gives it back when done. Sources ask before
 * they pull.
 */
export class Gate {
  private holds = 0;
  private readonly waiting: (() => void)[] = [];

  /** Comes before all who wait: what was taken already goes before what is yet to be pulled. */
  first: (() => void) | undefined;

  get isOpen(): boolean {
    return this.holds === 0;
  }

  hold(): void {
    this.holds += 1;
  }

  release(): void {
    if (this.holds === 0) throw new Error('Gate: released more often than held.');
    this.holds -= 1;
    if (this.holds > 0) return;
    this.first?.();
    while (this.holds === 0) {
      const resume = this.waiting.shift();
      if (resume === undefined) return;
      resume();
    }
  }

  /** Calls `resume` once, when the gate next opens. */
  whenOpen(resume: () => void): void {
    this.waiting.push(resume);
  }
}
