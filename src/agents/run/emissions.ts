import type { Awaitable } from '../../store';
import type { Drafts } from '../convert/drafts';
import type { Position } from '../convert/position';

/** Events that wait for their turn in the stream. */
export interface Emission {
  /** `undefined` if the run is not known yet. */
  readonly after: Position | undefined;
  /** Returns the events; called when their turn comes, because they may depend on earlier events. */
  readonly make: () => Awaitable<Drafts>;
  /** Must be called when the events are stored and sent. */
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The queue of what tools emit during a run. */
export class Emissions {
  private waiting: Emission[] = [];
  private closed: Error | undefined;
  /** Called after each `push`. */
  onPush: (() => void) | undefined;

  get first(): Emission | undefined {
    return this.waiting[0];
  }

  /** Resolves when the events are stored and sent. */
  push(make: Emission['make'], after: Position | undefined): Promise<void> {
    const pushed = new Promise<void>((resolve, reject) => {
      if (this.closed !== undefined) reject(this.closed);
      else this.waiting.push({ make, after, resolve, reject });
    });
    // A tool that does not await this must not end the process; one that does still gets the rejection.
    pushed.catch(() => undefined);
    this.onPush?.();
    return pushed;
  }

  /** Gives a position to what was emitted before the run was known. */
  locate(position: Position | undefined): void {
    this.waiting = this.waiting.map((emission) => ({ ...emission, after: emission.after ?? position }));
  }

  shift(): Emission | undefined {
    return this.waiting.shift();
  }

  /** Rejects what waits, and everything that is pushed later. */
  close(reason: Error): void {
    this.closed = reason;
    for (const { reject } of this.waiting.splice(0)) reject(reason);
  }

  open(): void {
    this.closed = undefined;
  }
}
