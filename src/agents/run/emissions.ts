import type { Awaitable } from '../../store';
import type { Drafts } from '../convert/drafts';
import type { Position } from '../convert/position';

/** What waits for its turn in the stream. */
export interface Emission {
  readonly after: Position;
  /** Its events, made when its turn comes: what they are may depend on what came before. */
  readonly make: () => Awaitable<Drafts>;
  /** They are stored and sent. */
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What tools emit while a run goes on, in the order in which they do. */
export class Emissions {
  private readonly waiting: Emission[] = [];
  private closed: Error | undefined;
  /** Called when something has come in. */
  onPush: (() => void) | undefined;

  get first(): Emission | undefined {
    return this.waiting[0];
  }

  /** Resolves when the events are stored and sent. */
  push(make: Emission['make'], after: Position): Promise<void> {
    const pushed = new Promise<void>((resolve, reject) => {
      if (this.closed !== undefined) reject(this.closed);
      else this.waiting.push({ make, after, resolve, reject });
    });
    // A tool that does not wait must not bring the process down; one that waits still gets the rejection.
    pushed.catch(() => undefined);
    this.onPush?.();
    return pushed;
  }

  shift(): Emission | undefined {
    return this.waiting.shift();
  }

  /** Takes no more, and gives up what waits. */
  close(reason: Error): void {
    this.closed = reason;
    for (const { reject } of this.waiting.splice(0)) reject(reason);
  }

  open(): void {
    this.closed = undefined;
  }
}
