import { Observable, Subscription, type OperatorFunction, type Subscriber } from 'rxjs';
import type { EventDraft, Lifetime } from '../context';
import { DeveloperError } from '../errors';
import { isPromise } from '../store';
import type { Outbox } from './outbox';

/**
 * Tells whether the stream can accept another event. A store that saves, or a socket that needs to drain,
 * holds the gate until it is done. Sources check the gate before they pull.
 */
export class Gate {
  private holds = 0;
  private readonly waiting: (() => void)[] = [];

  /** Called before all waiting callbacks: events already taken go before events not pulled yet. */
  first: (() => void) | undefined;

  get isOpen(): boolean {
    return this.holds === 0;
  }

  hold(): void {
    this.holds += 1;
  }

  release(): void {
    if (this.holds === 0) throw new Error('Gate: released more often than held.');
    this.holds -= 1;
    if (this.holds > 0) return;
    this.first?.();
    while (this.holds === 0) {
      const resume = this.waiting.shift();
      if (resume === undefined) return;
      resume();
    }
  }

  /** Calls `resume` once, when the gate opens next. */
  whenOpen(resume: () => void): void {
    this.waiting.push(resume);
  }
}

/**
 * After this many events the event loop gets a turn, so that timers, sockets and other streams do not starve.
 */
export const EVENTS_PER_TURN = 64;

/** An event from `ctx.emit`, and the promise of its caller. */
export class Emitted {
  constructor(
    readonly draft: EventDraft,
    /** Called when the event is stored and sent, and the stream can accept more. */
    readonly resolve: () => void,
    /** Called when the event will not be sent. */
    readonly reject: (error: unknown) => void,
  ) {}
}

type Taken = EventDraft | Emitted;

/**
 * Sends events through the outbox one at a time, in order of arrival. Events wait while the gate is held, and
 * the gate is held while one of them is being stored. Completes when all are processed. When unsubscribed, it
 * rejects the waiting events; the event that is being stored is still stored and sent, and `outbox.idle()`
 * waits for that.
 *
 * @param lifetime provides the async context in which events that had to wait are stored
 */
export function deliver(outbox: Outbox, gate: Gate, lifetime: Lifetime): OperatorFunction<Taken, never> {
  return (events) =>
    new Observable((subscriber) => {
      const delivery = new Delivery(outbox, gate, lifetime, subscriber);
      subscriber.add(() => delivery.close());
      delivery.subscribeTo(events);
    });
}

/**
 * `taking`: events are accepted, to be sent now or later. `draining`: no more are accepted, and the waiting
 * ones are sent. `ending`: all are sent, and what is left is saved. `closed`: nothing happens any more.
 */
type State = 'taking' | 'draining' | 'ending' | 'closed';

class Delivery {
  private state: State = 'taking';
  private readonly waiting: Taken[] = [];
  /** Stored and sent, but their callers still wait for the gate. */
  private sent: Emitted[] = [];
  private acceptedThisTurn = 0;
  private readonly upstream = new Subscription();
  /** The error to fail with after all accepted events are sent. */
  private overflow: DeveloperError | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly gate: Gate,
    lifetime: Lifetime,
    private readonly subscriber: Subscriber<never>,
  ) {
    // Created before they are assigned: V8 allocates a function literal that is written straight into a
    // property in the old generation, where it would keep the whole run alive through many collections.
    const drain = (): void => lifetime.run(() => this.drain());
    const failed = (error: unknown): void => this.fail(error);
    gate.first = drain;
    outbox.onFailure = failed;
  }

  subscribeTo(events: Observable<Taken>): void {
    this.upstream.add(
      events.subscribe({
        next: (event) => this.take(event),
        error: (error: unknown) => this.fail(error),
        complete: () => this.finish(),
      }),
    );
  }

  close(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.gate.first = undefined;
    this.upstream.unsubscribe();
    for (const { resolve } of this.sent) resolve();
    for (const event of this.waiting.splice(0)) if (event instanceof Emitted) event.reject(runEnded());
  }

  private take(event: Taken): void {
    if (this.gate.isOpen) this.send(event);
    else if (this.waiting.length < BUFFER_LIMIT) this.waiting.push(event);
    else {
      this.overflow = overflowError(BUFFER_LIMIT);
      if (event instanceof Emitted) event.reject(this.overflow);
      this.upstream.unsubscribe();
      this.finish();
    }
  }

  /** The source has completed. */
  private finish(): void {
    if (this.state === 'taking') this.state = 'draining';
    this.endIfDrained();
  }

  private send(event: Taken): void {
    const emitted = event instanceof Emitted ? event : undefined;
    try {
      const sending = this.outbox.process(emitted?.draft ?? (event as EventDraft));
      if (!isPromise(sending)) {
        if (emitted !== undefined) this.settle(emitted);
        return;
      }
      this.gate.hold();
      sending.then(
        () => {
          this.gate.release();
          if (emitted !== undefined) this.settle(emitted);
          this.endIfDrained();
        },
        (error: unknown) => this.fail(error, emitted),
      );
    } catch (error) {
      this.fail(error, emitted);
    }
  }

  private drain(): void {
    while (this.gate.isOpen) {
      const next = this.waiting.shift();
      if (next === undefined) break;
      this.send(next);
    }
    this.endIfDrained();
  }

  private settle(emitted: Emitted): void {
    const committed = this.outbox.committed();
    if (committed === undefined) this.accept(emitted);
    else {
      committed.then(
        () => this.accept(emitted),
        (error: unknown) => emitted.reject(error),
      );
    }
  }

  private accept(emitted: Emitted): void {
    if (this.gate.isOpen || this.state === 'closed') {
      this.acceptedThisTurn += 1;
      if (this.acceptedThisTurn < EVENTS_PER_TURN) emitted.resolve();
      else {
        this.acceptedThisTurn = 0;
        setImmediate(emitted.resolve);
      }
      return;
    }
    this.sent.push(emitted);
    this.gate.whenOpen(() => {
      this.sent = this.sent.filter((other) => other !== emitted);
      emitted.resolve();
    });
  }

  private fail(error: unknown, emitted?: Emitted): void {
    emitted?.reject(error);
    if (this.state === 'closed') return;
    this.close();
    this.gate.hold(); // for good: nothing must be pulled any more
    this.subscriber.error(error);
  }

  private endIfDrained(): void {
    if (this.state !== 'draining' || this.outbox.busy || this.waiting.length > 0) return;
    this.state = 'ending';
    if (this.overflow !== undefined) {
      this.fail(this.overflow);
      return;
    }
    try {
      const finishing = this.outbox.finish();
      if (!isPromise(finishing)) this.complete();
      else {
        finishing.then(
          () => this.complete(),
          (error: unknown) => this.fail(error),
        );
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private complete(): void {
    if (this.state === 'closed') return;
    this.close();
    this.subscriber.complete();
  }
}

export function runEnded(): DeveloperError {
  return new DeveloperError(
    'run_ended',
    'The run has ended: it accepts no more events.',
    'Await each ctx.emit() before the handler ends, or use app.as() afterwards.',
  );
}

/** How many events may wait if their source cannot be slowed. */
export const BUFFER_LIMIT = 1024;

export function overflowError(limit: number): DeveloperError {
  return new DeveloperError(
    'buffer_overflow',
    `More than ${String(limit)} events were waiting: they came faster than they could be stored and sent.`,
    'Await ctx.emit() between events, or yield them from a generator.',
  );
}
