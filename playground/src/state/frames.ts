/** The delay on a hidden page, which has no animation frames, in milliseconds. */
const HIDDEN_MS = 100;

/** Calls `work` at most once per frame, however often it is requested. */
export class PerFrame {
  private cancel: (() => void) | undefined;

  constructor(private readonly work: () => void) {}

  ask(): void {
    if (this.cancel !== undefined) return;
    const run = (): void => {
      this.cancel = undefined;
      this.work();
    };
    if (document.hidden) {
      const timer = setTimeout(run, HIDDEN_MS);
      this.cancel = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(run);
      this.cancel = () => cancelAnimationFrame(frame);
    }
  }

  /** Does pending work immediately. */
  flush(): void {
    if (this.cancel === undefined) return;
    this.cancel();
    this.cancel = undefined;
    this.work();
  }
}
