import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import type { EventDraft, RunContext } from '../context';
import { ChatError } from '../errors';
import type { ThreadItem } from '../protocol';
import { isPromise, type Awaitable } from '../store';
import type { Gate } from './gate';
import { BUFFER_LIMIT, overflowError } from './observable-iterator';
import { Outbox } from './outbox';

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * The one way out of a run: drafts go through its outbox one at a time, in the order in which they
 * came, and wait while the gate is held.
 */
export class Delivery {
  private readonly outbox: Outbox;
  private readonly queue: { draft: EventDraft; waiter: Waiter | undefined }[] = [];
  private out: Subscriber<string> | undefined;
  private inFlight: Promise<void> | undefined;
  private finishing = false;
  private overflowed = false;
  private closed = false;

  constructor(
    ctx: RunContext,
    private readonly gate: Gate,
    options: { check: boolean },
  ) {
    this.outbox = new Outbox(ctx, (text) => this.out?.next(text), options);
    // Named first: V8 allocates a function that is written straight into a property among the
    // long-lived, and from there it would keep the whole run through many a collection.
    const drain = (): void => this.drain();
    gate.first = drain;
  }

  /** The items that were added and are not yet done, as far as they have come. */
  pending(): ThreadItem[] {
    return this.outbox.pending.list();
  }

  open(out: Subscriber<string>): void {
    this.out = out;
  }

  /** Takes a draft, now or when its turn comes. */
  accept(draft: EventDraft, waiter?: Waiter): void {
    if (this.closed || this.overflowed) waiter?.reject(runEnded());
    else if (this.gate.isOpen) this.work(draft, waiter);
    else if (this.queue.length < BUFFER_LIMIT) this.queue.push({ draft, waiter });
    else {
      this.overflowed = true;
      waiter?.reject(overflowError(BUFFER_LIMIT));
    }
  }

  /** Nothing more will come from the handler: ends when all that came is through. */
  finish(): void {
    this.finishing = true;
    this.endIfDone();
  }

  /** Takes no more. What was taken and not yet stored is given up; what is being stored is finished. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.gate.first = undefined;
    for (const { waiter } of this.queue.splice(0)) waiter?.reject(runEnded());
  }

  /** Resolves when nothing is being stored any more. */
  async idle(): Promise<void> {
    await this.inFlight;
  }

  private work(draft: EventDraft, waiter: Waiter | undefined): void {
    let outcome: Awaitable<void>;
    try {
      outcome = this.outbox.process(draft);
    } catch (error) {
      this.fail(error, waiter);
      return;
    }
    if (!isPromise(outcome)) {
      this.accepted(waiter);
      return;
    }
    this.gate.hold();
    this.inFlight = outcome.then(
      () => {
        this.inFlight = undefined;
        this.gate.release();
        this.accepted(waiter);
        this.endIfDone();
      },
      (error: unknown) => {
        this.inFlight = undefined;
        this.fail(error, waiter);
      },
    );
  }

  private drain(): void {
    while (this.gate.isOpen) {
      const next = this.queue.shift();
      if (next === undefined) break;
      this.work(next.draft, next.waiter);
    }
    this.endIfDone();
  }

  private accepted(waiter: Waiter | undefined): void {
    if (waiter === undefined) return;
    if (this.gate.isOpen || this.closed) waiter.resolve();
    else this.gate.whenOpen(waiter.resolve);
  }

  private fail(error: unknown, waiter?: Waiter): void {
    waiter?.reject(error);
    if (this.closed) return;
    this.close();
    this.gate.hold(); // for good: nothing is to be pulled any more
    this.out?.error(error);
  }

  private endIfDone(): void {
    if (this.closed || this.inFlight !== undefined || this.queue.length > 0) return;
    if (this.overflowed) {
      this.fail(overflowError(BUFFER_LIMIT));
      return;
    }
    if (!this.finishing) return;
    this.finishing = false;
    try {
      const saved = this.outbox.saveThreadChanges();
      if (isPromise(saved))
        saved.then(
          () => this.complete(),
          (error: unknown) => this.fail(error),
        );
      else this.complete();
    } catch (error) {
      this.fail(error);
    }
  }

  private complete(): void {
    if (this.closed) return;
    this.close();
    this.out?.complete();
  }
}

/** Sends a run's drafts through its delivery, and gives the texts for the wire. */
export function deliver(delivery: Delivery): OperatorFunction<EventDraft, string> {
  return (source) =>
    new Observable((out) => {
      delivery.open(out);
      out.add(() => delivery.close());
      out.add(
        source.subscribe({
          next: (draft) => delivery.accept(draft),
          error: (error: unknown) => out.error(error),
          complete: () => delivery.finish(),
        }),
      );
    });
}

export function runEnded(): ChatError {
  return new ChatError('The run has ended: it takes no more events.', 409, 'run_ended');
}
