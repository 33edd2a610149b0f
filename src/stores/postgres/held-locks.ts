import { setTimeout as sleep } from 'node:timers/promises';
import { lockUnknown } from './failures';
import type { Holder, LockLine } from './lock-line';

/** Which requests of this process have which locks, and whether that is known. */
export class HeldLocks {
  readonly #patienceMs: number;
  readonly #holders = new Map<string, Holder>();
  /** Locks of a lost connection that are neither taken again nor lost yet. */
  readonly #shaken = new Set<LockLine>();
  #doubt: Doubt | undefined;

  /** @param patienceMs how long it may be unknown which locks are held, before {@link doubt} rejects */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Pending while locks are shaken. */
  get doubt(): Promise<void> | undefined {
    return this.#doubt?.over;
  }

  holderOf(key: string): Holder | undefined {
    return this.#holders.get(key);
  }

  give(line: LockLine, holder: Holder | undefined): void {
    if (line.holder !== undefined) this.#holders.delete(line.holder.key);
    line.holder = holder;
    if (holder !== undefined) this.#holders.set(holder.key, holder);
  }

  /** The connection of a held lock was lost. */
  shake(line: LockLine): void {
    line.isShaken = true;
    this.#shaken.add(line);
    this.#doubt ??= new Doubt(this.#patienceMs);
  }

  /** Another process has the lock. */
  lose(line: LockLine): void {
    const { holder } = line;
    line.isHeld = false;
    this.give(line, undefined);
    if (holder === undefined) return;
    holder.isLost = true;
    holder.onLost?.();
  }

  /** It is known which process has the lock. */
  settle(line: LockLine): void {
    line.isShaken = false;
    this.#shaken.delete(line);
    if (this.#shaken.size > 0) return;
    this.#doubt?.end();
    this.#doubt = undefined;
  }
}

/** The time in which it is not known which locks this process still has. */
class Doubt {
  /** Rejects if it lasts too long. */
  readonly over: Promise<void>;
  readonly #known = new AbortController();

  constructor(patienceMs: number) {
    const { signal } = this.#known;
    this.over = sleep(patienceMs, undefined, { signal, ref: false }).then(
      () => {
        throw lockUnknown();
      },
      () => undefined, // it has ended
    );
    this.over.catch(() => undefined); // there may be no write that waits for it
  }

  end(): void {
    this.#known.abort();
  }
}
