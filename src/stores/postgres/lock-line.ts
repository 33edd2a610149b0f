import type { ReleaseLock } from '../../store';

/** A request that waits for a lock, in this process or another one. */
export interface Ticket {
  readonly id: string;
  /** In this process: hands over the lock; `false` if the request no longer waits. */
  readonly give: ((release: ReleaseLock) => boolean) | undefined;
  /** In this process: the holder to be. */
  readonly holder: Holder | undefined;
}

/** A request of this process that has a lock. */
export interface Holder {
  readonly key: string;
  readonly onLost: (() => void) | undefined;
  /** Whether another process got the lock before this request released it. */
  isLost: boolean;
}

/** The queue for one lock, as this process knows it. All processes receive tickets in the same order. */
export class LockLine {
  /** Whether this process has the lock. */
  isHeld = false;
  /** The request of this process that has the lock. */
  holder: Holder | undefined;
  /** The connection that held the lock was lost, and it is not known yet which process has the lock now. */
  isShaken = false;
  /** Whether a query for the lock is in progress. */
  isTrying = false;
  /** The query of a request that found nothing before it. Later requests of this process wait for its result. */
  first: Promise<boolean> | undefined;
  /** A message said that the lock is free while a query for it was in progress. */
  isFreed = false;
  /** How many checks were made since the last message about this lock. */
  silence = 0;
  readonly tickets: Ticket[] = [];
  /** The waiting tickets of this process, in the queue or on their way into it. */
  readonly own = new Map<string, Ticket>();

  constructor(readonly name: string) {}

  get isBusy(): boolean {
    return this.isHeld || this.isTrying || this.tickets.length > 0 || this.own.size > 0;
  }

  /** Adds a ticket. A process may announce one twice. */
  add(id: string): void {
    if (this.tickets.every((ticket) => ticket.id !== id)) {
      this.tickets.push(this.own.get(id) ?? { id, give: undefined, holder: undefined });
    }
  }

  remove(id: string): void {
    const index = this.tickets.findIndex((ticket) => ticket.id === id);
    if (index !== -1) this.tickets.splice(index, 1);
  }

  /** The waiting tickets of this process that are not in the queue. */
  unheard(): string[] {
    return [...this.own.keys()].filter((id) => this.tickets.every((ticket) => ticket.id !== id));
  }

  /**
   * A ticket got the lock, so the tickets before it missed their turn. Returns those of them that are of this
   * process.
   */
  passTo(id: string): Ticket[] {
    const index = this.tickets.findIndex((ticket) => ticket.id === id);
    const passed = this.tickets.splice(0, index + 1);
    return passed.filter((ticket) => ticket.id !== id && this.own.has(ticket.id));
  }
}
