import type { ReleaseLock } from '../../store';

/** A request that waits for a lock, in this process or another. */
export interface Ticket {
  readonly id: string;
  /** Of this process: hands the lock over; `false` when it does not wait any more. */
  readonly give: ((release: ReleaseLock) => boolean) | undefined;
  /** Of this process: is told when the lock is lost after it was handed over. */
  readonly onLost: (() => void) | undefined;
}

/** The line for one lock, as this process knows it: all hear of tickets in the same order. */
export class LockLine {
  /** Whether this process has the lock. */
  isHeld = false;
  /** Who has it in this process. */
  holder: { readonly onLost: (() => void) | undefined } | undefined;
  /** The connection that it was locked on was lost, and it is not yet known who has it now. */
  isShaken = false;
  /** Whether it is being asked for. */
  isTrying = false;
  /** It was told to be free while it was being asked for. */
  isFreed = false;
  /** How many times it was looked after since something was last heard of it. */
  silence = 0;
  readonly tickets: Ticket[] = [];
  /** Those of this process that wait, in the line or on their way into it. */
  readonly own = new Map<string, Ticket>();

  constructor(readonly name: string) {}

  get isBusy(): boolean {
    return this.isHeld || this.isTrying || this.tickets.length > 0 || this.own.size > 0;
  }

  /** A ticket has come; a process may tell of one twice. */
  add(id: string): void {
    if (this.tickets.every((ticket) => ticket.id !== id)) {
      this.tickets.push(this.own.get(id) ?? { id, give: undefined, onLost: undefined });
    }
  }

  remove(id: string): void {
    const index = this.tickets.findIndex((ticket) => ticket.id === id);
    if (index !== -1) this.tickets.splice(index, 1);
  }

  /** A ticket has the lock: those before it did not take it in time. Returns those of this process among them. */
  passTo(id: string): Ticket[] {
    const index = this.tickets.findIndex((ticket) => ticket.id === id);
    const passed = this.tickets.splice(0, index + 1);
    return passed.filter((ticket) => ticket.id !== id && this.own.has(ticket.id));
  }
}
