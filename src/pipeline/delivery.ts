import { Observable, Subscription, type OperatorFunction, type Subscriber } from 'rxjs';
import type { EventDraft, RunContext } from '../context';
import { DeveloperError } from '../errors';
import type { AssistantMessageItem, ThreadItem } from '../protocol';
import { isPromise, type Awaitable } from '../store';
import type { Gate } from './gate';
import { BUFFER_LIMIT, overflowError } from './observable-iterator';
import { Outbox } from './outbox';

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * `taking`: drafts are taken, now or when their turn comes. `draining`: no more are taken, and those
 * that wait go through. `ending`: all are through, and what is left to be saved is saved. `closed`:
 * nothing happens any more.
 */
type State = 'taking' | 'draining' | 'ending' | 'closed';

/**
 * The one way out of a run: drafts go through its outbox one at a time, in the order in which they
 * came, and wait while the gate is held.
 */
export class Delivery {
  private readonly outbox: Outbox;
  private readonly queue: { draft: EventDraft; waiter: Waiter | undefined }[] = [];
  /** Of those whose events are through, and who wait for the gate before they go on. */
  private readonly sent = new Set<() => void>();
  private readonly source = new Subscription();
  private out: Subscriber<string> | undefined;
  private inFlight: Promise<void> | undefined;
  private state: State = 'taking';
  /** What the run fails with when all that was taken is through. */
  private overflow: DeveloperError | undefined;

  constructor(
    ctx: RunContext,
    private readonly gate: Gate,
  ) {
    this.outbox = new Outbox(ctx, (text) => this.out?.next(text));
    // Named first: V8 allocates a function that is written straight into a property among the
    // long-lived, and from there it would keep the whole run through many a collection.
    const drain = (): void => ctx.lifetime.run(() => this.drain());
    gate.first = drain;
  }

  /** The items that were added and are not yet done, as far as they have come. */
  pending(): ThreadItem[] {
    return this.outbox.pending.list();
  }

  /** Those of them that are messages with text that the client has seen. */
  shown(): AssistantMessageItem[] {
    return this.outbox.shown();
  }

  /** Resolves when a widget that is not done can be found in the store, as far as it has come. */
  async share(itemId: string): Promise<void> {
    const shared = this.outbox.share(itemId);
    await (shared === 'ending' ? this.inFlight : shared);
  }

  open(source: Observable<EventDraft>, out: Subscriber<string>): void {
    this.out = out;
    this.source.add(
      source.subscribe({
        next: (draft) => this.accept(draft),
        error: (error: unknown) => this.fail(error),
        complete: () => this.finish(),
      }),
    );
  }

  /**
   * Takes a draft, now or when its turn comes. The waiter hears of it when it is stored and handed to
   * the sink, or that the run takes no more.
   */
  accept(draft: EventDraft, waiter?: Waiter): void {
    if (this.state !== 'taking') waiter?.reject(runEnded());
    else if (this.gate.isOpen) this.work(draft, waiter);
    else if (this.queue.length < BUFFER_LIMIT) this.queue.push({ draft, waiter });
    else {
      this.state = 'draining';
      this.overflow = overflowError(BUFFER_LIMIT);
      waiter?.reject(this.overflow);
    }
  }

  /** Nothing more will come from the handler: ends when all that came is through. */
  private finish(): void {
    if (this.state === 'taking') this.state = 'draining';
    this.endIfDrained();
  }

  /**
   * Stops the source and takes no more. What was taken and not yet stored is given up; what is being
   * stored is finished and sent.
   */
  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.gate.first = undefined;
    this.source.unsubscribe();
    for (const resolve of this.sent) resolve();
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
        this.endIfDrained();
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
    this.endIfDrained();
  }

  private accepted(waiter: Waiter | undefined): void {
    if (waiter === undefined) return;
    if (this.gate.isOpen || this.state === 'closed') waiter.resolve();
    else {
      const resolve = (): void => {
        this.sent.delete(resolve);
        waiter.resolve();
      };
      this.sent.add(resolve);
      this.gate.whenOpen(resolve);
    }
  }

  private fail(error: unknown, waiter?: Waiter): void {
    waiter?.reject(error);
    if (this.state === 'closed') return;
    this.close();
    this.gate.hold(); // for good: nothing is to be pulled any more
    this.out?.error(error);
  }

  private endIfDrained(): void {
    if (this.state !== 'draining' || this.inFlight !== undefined || this.queue.length > 0) return;
    this.state = 'ending';
    if (this.overflow !== undefined) {
      this.fail(this.overflow);
      return;
    }
    try {
      const finished = this.outbox.finish();
      if (!isPromise(finished)) {
        this.complete();
        return;
      }
      this.inFlight = finished.then(
        () => this.complete(),
        (error: unknown) => this.fail(error),
      );
    } catch (error) {
      this.fail(error);
    }
  }

  private complete(): void {
    if (this.state === 'closed') return;
    this.close();
    this.out?.complete();
  }
}

/** Sends a run's drafts through its delivery, and gives the texts for the wire. */
export function deliver(delivery: Delivery): OperatorFunction<EventDraft, string> {
  return (source) =>
    new Observable((out) => {
      out.add(() => delivery.close());
      delivery.open(source, out);
    });
}

export function runEnded(): DeveloperError {
  return new DeveloperError(
    'run_ended',
    'The run has ended: it takes no more events.',
    'Await all that emits before the handler ends, or use app.as() afterwards.',
  );
}
