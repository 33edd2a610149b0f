import { createHash, randomUUID } from 'node:crypto';

import { type AcquireOptions, type ReleaseLock, type ThreadLock } from '../../store';
import { HeldLocks } from './held-locks';
import { LockLine, type Holder, type Ticket } from './lock-line';
import { CHANNEL, TELL_ALL, TRY, TRY_AGAIN, TRY_IN_TURN, UNLOCK } from './lock-sql';
import { Session } from './session';
import { call } from './statement';

/** Options of {@link PostgresThreadLock}. */
export interface PostgresThreadLockOptions {
  /** How long opening the connection may take, in milliseconds; 5000 by default. */
  connectTimeoutMs?: number | undefined;
  /** More settings for the client of the package `pg`, such as `ssl`. */
  pg?: Readonly<Record<string, unknown>> | undefined;
}

/** How often waiting processes check for locks of processes that have died, in milliseconds. */
const LOOK_AFTER_MS = 2000;
/** How often the locks of a lost connection are taken again, in milliseconds. */
const LOCK_AGAIN_AFTER_MS = 100;
/** How long the server takes to end a connection, in milliseconds. */
const END_MS = 50;
/** After this many checks without a message, earlier tickets in the queue are taken for dead. */
const MOST_SILENCE = 3;

/** The longest delay of a timer; with a longer one it would fire at once. */
const MAX_DELAY = 2_147_483_647;

type Kind = 'want' | 'have' | 'gone' | 'free';

/**
 * A {@link ThreadLock} for any number of processes on one PostgreSQL database. It uses advisory locks of one
 * connection, which the server frees when the process dies. First come, first served, across all processes: a
 * request that has to wait is announced to all by NOTIFY, whose order is the same for all, and so is a
 * release. Waiting costs no connection, and only a check every two seconds.
 *
 * To take a free lock costs one round trip. A release does not wait for its round trip.
 *
 * @example
 * chatkit({ store, threads: { lock: new PostgresThreadLock(url) }, … });
 */
export class PostgresThreadLock implements ThreadLock {
  readonly #session: Session;
  readonly #lines = new Map<string, LockLine>();
  readonly #held: HeldLocks;
  /** The waiting requests whose announcement is on its way. */
  readonly #announcing = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @throws PostgresSetupError when `pg` is not installed */
  constructor(url: string, { connectTimeoutMs = 5000, pg = {} }: PostgresThreadLockOptions = {}) {
    this.#held = new HeldLocks(connectTimeoutMs);
    this.#session = new Session({
      url,
      connectTimeoutMs,
      statementTimeoutMs: connectTimeoutMs,
      pg,
      channel: CHANNEL,
      heard: (message) => this.#hear(message),
      lost: () => this.#recover(),
    });
  }

  async acquire(key: string, options: AcquireOptions): Promise<ReleaseLock | null> {
    const { waitMs, signal, onLost } = options;
    if (isAborted(signal)) return null;
    const line = this.#line(nameOf(key));
    if (line.first !== undefined && waitMs > 0) {
      await line.first; // that request came before this one
      return this.acquire(key, options);
    }
    if (!line.isBusy && (await (line.first = this.#tryFirst(line)))) {
      const release = this.#hold(line, { key, onLost, isLost: false });
      if (!isAborted(signal)) return release;
      release();
      return null;
    }
    if (waitMs <= 0 || isAborted(signal)) {
      this.#forget(line);
      return null;
    }
    return this.#wait(line, key, options);
  }

  /**
   * Pending while the connection is lost and it is not known yet whether another process got the lock of a
   * run of this process. Rejects with an `UnavailableError` when that takes longer than a connection may.
   *
   * @internal
   */
  get doubt(): Promise<void> | undefined {
    return this.#held.doubt;
  }

  /**
   * The request of this process that has the lock of a key.
   *
   * @internal
   */
  holderOf(key: string): { readonly isLost: boolean } | undefined {
    return this.#held.holderOf(key);
  }

  /** Releases all locks, and tells the other processes. Call it when no run is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const line of this.#lines.values()) {
      if (!line.isHeld) continue;
      line.isHeld = false;
      this.#held.give(line, undefined);
      this.#held.settle(line);
      void this.#session.call(call(UNLOCK, line.name)).catch(ignore);
      void this.#tell('free', line, '').catch(ignore);
    }
    await this.#session.close();
  }

  #line(name: string): LockLine {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const line = new LockLine(name);
    this.#lines.set(name, line);
    return line;
  }

  #forget(line: LockLine): void {
    if (!line.isBusy && this.#lines.get(line.name) === line) this.#lines.delete(line.name);
  }

  async #tryFirst(line: LockLine): Promise<boolean> {
    try {
      return await this.#try(line);
    } catch (error) {
      this.#forget(line);
      throw error;
    } finally {
      line.first = undefined;
    }
  }

  /** Queries for a lock, on behalf of a ticket of this process if one is given. */
  async #try(line: LockLine, ticket?: Ticket): Promise<boolean> {
    line.isTrying = true;
    line.isFreed = false;
    try {
      const asked =
        ticket === undefined
          ? call(TRY, line.name)
          : call(TRY_IN_TURN, line.name, messageOf('have', line, ticket.id));
      const [row] = await this.#session.call(asked, call(UNLOCK, line.name));
      line.isHeld = row?.[0] === 't';
      return line.isHeld;
    } finally {
      line.isTrying = false;
    }
  }

  #hold(line: LockLine, holder: Holder): ReleaseLock {
    this.#held.give(line, holder);
    return () => {
      if (line.holder !== holder) return undefined; // already released, or lost
      this.#held.give(line, undefined);
      return this.#release(line).catch(ignore); // the connection was lost, and the lock with it
    };
  }

  /** Hands the lock to the next in the queue if that is in this process, else releases it. */
  async #release(line: LockLine): Promise<void> {
    const [next] = line.tickets;
    if (next?.give !== undefined && next.holder !== undefined && line.own.has(next.id)) {
      line.tickets.shift();
      void this.#tell('have', line, next.id).catch(ignore);
      if (!next.give(this.#hold(line, next.holder))) await this.#release(line);
      return;
    }
    line.isHeld = false;
    this.#held.give(line, undefined);
    this.#held.settle(line);
    await this.#session.call(call(UNLOCK, line.name));
    // Messages that were sent before the unlock have been received by now.
    if (line.tickets.length > 0 || line.own.size > 0) await this.#tell('free', line, '');
    else this.#forget(line);
  }

  #wait(
    line: LockLine,
    key: string,
    { waitMs, signal, onLost }: AcquireOptions,
  ): Promise<ReleaseLock | null> {
    return new Promise((resolve, reject) => {
      const id = randomUUID();
      const settle = (release: ReleaseLock | null): boolean => {
        if (!line.own.delete(id)) return false;
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        resolve(release);
        return true;
      };
      const giveUp = (): void => {
        if (settle(null)) void this.#tell('gone', line, id).catch(ignore);
      };
      const timer = setTimeout(giveUp, Math.min(waitMs, MAX_DELAY));
      timer.unref(); // waiting for a lock does not keep the process alive
      signal?.addEventListener('abort', giveUp);
      line.own.set(id, { id, give: settle, holder: { key, onLost, isLost: false } });
      this.#lookAfterNowAndThen();
      this.#announce(line, id).catch((error: unknown) => {
        if (!line.own.has(id)) return;
        reject(error instanceof Error ? error : new Error(String(error)));
        giveUp(); // `#recover` may have announced it
        this.#forget(line);
      });
    });
  }

  /** Puts a waiting request into the queue of all processes. */
  async #announce(line: LockLine, id: string): Promise<void> {
    if (this.#announcing.has(id)) return;
    this.#announcing.add(id);
    try {
      await this.#tell('want', line, id);
    } finally {
      this.#announcing.delete(id);
    }
  }

  async #tell(kind: Kind, line: LockLine, id: string): Promise<void> {
    await this.#session.call(call(TELL_ALL, messageOf(kind, line, id)));
  }

  #hear(message: string): void {
    const [kind, name = '', id = ''] = message.split(' ');
    const line = this.#line(name);
    line.silence = 0;
    if (kind === 'want') line.add(id);
    if (kind === 'gone') line.remove(id);
    if (kind === 'have') {
      for (const passed of line.passTo(id)) void this.#announce(line, passed.id).catch(ignore);
    }
    if (kind === 'free') line.isFreed = line.isTrying;
    const [first] = line.tickets;
    if (kind !== 'have' && first !== undefined) this.#attempt(line, first);
    this.#forget(line);
  }

  /** Takes the lock for a ticket of this process, if it is free. */
  #attempt(line: LockLine, ticket: Ticket): void {
    const { holder } = ticket;
    if (line.isHeld || line.isTrying || holder === undefined || !line.own.has(ticket.id)) return;
    void this.#try(line, ticket)
      .then((isTaken) => {
        if (isTaken) {
          line.remove(ticket.id);
          const release = this.#hold(line, holder);
          if (ticket.give?.(release) !== true) release();
        } else if (line.isFreed) {
          line.isFreed = false;
          this.#attempt(line, ticket);
        }
      })
      .catch(ignore); // `#lookAfter` tries again
  }

  /** A process that dies sends no message: its locks are free, and its tickets block the queue. */
  #lookAfter(): void {
    let isWaiting = false;
    for (const line of this.#lines.values()) {
      // After a lost connection, they could not be announced while there was no other.
      for (const id of line.unheard()) void this.#announce(line, id).catch(ignore);
      const first = line.tickets.find(({ id }) => line.own.has(id));
      isWaiting ||= line.own.size > 0;
      if (first === undefined || line.isHeld) continue;
      line.silence += 1;
      if (first === line.tickets[0] || line.silence > MOST_SILENCE) this.#attempt(line, first);
    }
    if (isWaiting) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #lookAfterNowAndThen(): void {
    this.#timer ??= setInterval(() => this.#lookAfter(), LOOK_AFTER_MS).unref();
  }

  /** Takes a lock again whose connection was lost, or tells its holder that another process has it. */
  #lockAgain(line: LockLine): void {
    if (!line.isShaken || line.isTrying) return;
    line.isTrying = true;
    const again = (afterMs: number) => setTimeout(() => this.#lockAgain(line), afterMs).unref();
    void this.#session
      .call(call(TRY_AGAIN, line.name, `{${this.#session.lostPids.join()}}`), call(UNLOCK, line.name))
      .finally(() => (line.isTrying = false))
      .then(
        ([row]) => {
          if (line.isShaken && row?.[0] === 'own') {
            again(END_MS);
            return;
          }
          if (line.isShaken && row?.[0] !== 't') this.#held.lose(line);
          this.#held.settle(line); // it was taken again, lost, or released meanwhile
          this.#forget(line);
        },
        () => again(LOCK_AGAIN_AFTER_MS),
      );
  }

  /**
   * After a lost connection: locks again what was locked, unless another process was faster, and puts waiting
   * requests into the queue again.
   */
  #recover(): void {
    this.#lookAfterNowAndThen();
    for (const line of this.#lines.values()) {
      line.tickets.length = 0;
      if (line.isHeld) this.#held.shake(line);
      this.#lockAgain(line);
      for (const id of line.own.keys()) void this.#announce(line, id).catch(ignore);
    }
  }
}

/** 64 bits of a hash. Two keys with the same hash wait for each other, which does no harm. */
export function nameOf(key: string): string {
  return String(createHash('sha256').update(key).digest().readBigInt64BE());
}

function messageOf(kind: Kind, line: LockLine, id: string): string {
  return `${kind} ${line.name} ${id}`;
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function ignore(): void {
  // the caller that awaits the result gets the error
}
