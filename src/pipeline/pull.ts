import { Observable, Subscription, type Subscriber } from 'rxjs';
import type { EventDraft, HandlerResult, RunContext } from '../context';
import { holdPromises } from '../errors';
import { isPromise } from '../store';
import type { Gate } from './gate';
import { iteratorOf, startOnPull, toStep, type EventIterator } from './iterate';
import { isEvent, notAnEvent } from './not-an-event';

/** After so many events the event loop gets a turn, or timers, sockets and other streams would starve. */
export const EVENTS_PER_TURN = 64;

/** Called at teardown with the end of what is still going on in the handler, if anything is. */
export type OnTeardown = (settled: Promise<void>) => void;

/**
 * A handler's result as an Observable of single events, pulled one by one while the gate is open.
 * Values that stand for several events are unfolded in place; what goes wrong inside one is thrown at
 * the `yield` that handed it out, so that a handler may catch it. Nothing starts before subscription.
 */
export function pull(
  start: () => Pullable,
  ctx: RunContext,
  gate: Gate,
  onTeardown: OnTeardown,
): Observable<EventDraft> {
  return new Pulled(start, ctx, gate, onTeardown);
}

/**
 * Events that come only while the gate is open, because they are pulled in the end. Yielded, they are
 * passed on as they come, whereas an Observable of the application has to be buffered.
 */
export class Gated {
  constructor(readonly events: Observable<EventDraft>) {}
}

type Pullable = HandlerResult | Iterable<EventDraft | Gated | Promise<EventDraft | void>>;

class Pulled extends Observable<EventDraft> {
  constructor(
    readonly start: () => Pullable,
    readonly ctx: RunContext,
    readonly gate: Gate,
    onTeardown: OnTeardown,
  ) {
    super((subscriber) => {
      const loop = new PullLoop(startOnPull(start), ctx, gate, subscriber);
      loop.run();
      return () => loop.stop(onTeardown);
    });
  }
}

class PullLoop {
  /** The innermost iterator is last. */
  private readonly stack: EventIterator[];
  private pulledThisTurn = 0;
  /** Never rejects. */
  private waitingFor: Promise<void> | undefined;
  /** Whether what is awaited is a promise that an iterator yielded, and not the iterator's own step. */
  private waitingForValue = false;
  /** What passes events on by itself now. */
  private passing: Subscription | undefined;
  private stopped = false;

  constructor(
    root: EventIterator,
    private readonly ctx: RunContext,
    private readonly gate: Gate,
    private readonly subscriber: Subscriber<EventDraft>,
  ) {
    this.stack = [root];
  }

  readonly run = (): void => {
    while (!this.stopped) {
      if (!this.gate.isOpen) {
        // What opens it, a socket that has drained or another event, has an async context of its own.
        this.gate.whenOpen(() => this.ctx.lifetime.run(this.run));
        return;
      }
      if (this.pulledThisTurn >= EVENTS_PER_TURN) {
        this.pulledThisTurn = 0;
        setImmediate(this.run);
        return;
      }
      const top = this.stack.at(-1);
      if (top === undefined) {
        this.subscriber.complete();
        return;
      }
      this.pulledThisTurn += 1;
      if (!this.advance(() => top.next())) return;
    }
  };

  /** Takes one step; false when its outcome is awaited and the loop is to rest. */
  private advance(step: () => ReturnType<EventIterator['next']>): boolean {
    let result: ReturnType<EventIterator['next']>;
    try {
      result = step();
      if (isPromise(result)) return this.rest(result, false);
    } catch (error) {
      return this.unwind(error);
    }
    return this.take(result);
  }

  /** @throws what the `then` of a foreign thenable throws */
  private rest(step: PromiseLike<IteratorResult<unknown, unknown>>, forValue: boolean): false {
    // A foreign thenable may call back from any async context; a promise goes on in that of its caller.
    const settled = Promise.resolve(step).then(this.resumeWith, this.resumeThrowing);
    this.waitingFor = settled;
    this.waitingForValue = forValue;
    return false;
  }

  private readonly resumeWith = (result: IteratorResult<unknown, unknown>): void => {
    this.waitingFor = undefined;
    if (!this.stopped && this.take(result)) this.run();
  };

  private readonly resumeThrowing = (error: unknown): void => {
    this.waitingFor = undefined;
    if (this.stopped) return;
    const goOn = this.waitingForValue ? this.throwInto(error) : this.unwind(error);
    if (goOn) this.run();
  };

  private take(result: IteratorResult<unknown, unknown>): boolean {
    let value: unknown;
    try {
      if (typeof result !== 'object') throw new TypeError('An iterator made a step that is no object.');
      if (result.done === true) {
        this.stack.pop();
        return true;
      }
      value = result.value;
    } catch (error) {
      return this.unwind(error);
    }
    if (value === undefined || value === null) {
      holdPromises(result); // what was meant may be in the step itself
      return true;
    }
    try {
      if (isPromise(value)) return this.rest(Promise.resolve(value).then(toStep), true);
      if (typeof value !== 'object') throw notAnEvent(value, this.ctx);
      if (value instanceof Gated) return this.pass(value.events);
      const inner = iteratorOf(value, this.ctx);
      if (inner !== undefined) this.stack.push(inner);
      else if (isEvent(value)) this.subscriber.next(value);
      else throw notAnEvent(value, this.ctx);
    } catch (error) {
      return this.throwInto(error);
    }
    return true;
  }

  /** Passes events on until they end; true when they have ended already. */
  private pass(events: Observable<EventDraft>): boolean {
    if (events instanceof Pulled && events.ctx === this.ctx && events.gate === this.gate) {
      this.stack.push(startOnPull(events.start)); // they are pulled here: nothing is between
      return true;
    }
    let atOnce = true;
    let goOn = false;
    const end = (next: () => boolean): void => {
      this.passing = undefined;
      if (this.stopped) return;
      goOn = next();
      if (goOn && !atOnce) this.run();
    };
    const passing = (this.passing = new Subscription());
    passing.add(
      events.subscribe({
        next: (event) => this.subscriber.next(event),
        error: (error: unknown) => end(() => this.throwInto(error)),
        complete: () => end(() => true),
      }),
    );
    atOnce = false;
    return goOn;
  }

  /**
   * The innermost iterator threw: it is over, and the one that handed it out hears of it. What the
   * client was shown of its messages is stored first: whatever is made of the error comes after it.
   */
  private unwind(error: unknown): boolean {
    this.stack.pop();
    const kept = this.ctx.hooks?.keepShown();
    if (!isPromise(kept)) return this.throwInto(error);
    return this.rest(
      kept.then(() => {
        throw error;
      }),
      true,
    );
  }

  private throwInto(error: unknown): boolean {
    holdPromises(error);
    for (let top = this.stack.at(-1); top !== undefined; top = this.stack.at(-1)) {
      const thrower = throwerOf(top);
      if (thrower !== undefined) return this.advance(() => thrower(error));
      this.stack.pop();
    }
    this.stopped = true;
    this.subscriber.error(error);
    return false;
  }

  stop(onTeardown: OnTeardown): void {
    this.stopped = true;
    this.passing?.unsubscribe();
    if (this.stack.length > 0) onTeardown(this.closeAll());
  }

  /** Runs the `finally` blocks, innermost first. What they throw has nowhere to go but the log. */
  private async closeAll(): Promise<void> {
    const { waitingFor } = this;
    for (const iterator of this.stack.splice(0).reverse()) {
      try {
        await iterator.return?.();
      } catch (error) {
        this.ctx.log.error({ err: error }, 'a handler threw while it was being stopped');
      }
    }
    // An awaited promise that belongs to no generator (an async function) is still work in progress.
    await waitingFor;
  }
}

function throwerOf(iterator: EventIterator): EventIterator['throw'] {
  try {
    return iterator.throw?.bind(iterator);
  } catch {
    return undefined; // it cannot be told
  }
}
