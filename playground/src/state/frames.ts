/** How long a hidden page, which draws no frames, waits in their stead, in milliseconds. */
const HIDDEN_MS = 100;

/** Calls `work` once before the next frame is drawn, however often it is asked to. */
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

  /** Does what was asked for at once. */
  flush(): void {
    if (this.cancel === undefined) return;
    this.cancel();
    this.cancel = undefined;
    this.work();
  }
}
