/** A stream that needs heartbeats, so that proxies keep it open. */
export interface Beating {
  beat(): void;
}

/** One timer for all streams of an adapter. It stops when there are no streams. */
export class Heartbeat {
  private readonly sinks = new Set<Beating>();
  private timer: NodeJS.Timeout | undefined;

  /** @param periodMs 0 for no heartbeats */
  constructor(private readonly periodMs: number) {}

  add(sink: Beating): void {
    if (this.periodMs === 0) return;
    this.sinks.add(sink);
    this.timer ??= setInterval(() => {
      for (const open of this.sinks) open.beat();
      if (this.sinks.size === 0) this.stop();
    }, this.periodMs).unref();
  }

  remove(sink: Beating): void {
    this.sinks.delete(sink);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
