import { Observable, Subscription, type Subscriber } from 'rxjs';
import {
  EXPAND,
  type EventDraft,
  type HandlerEvent,
  type HandlerResult,
  type RunContext,
  type Subscribable,
} from '../context';
import { holdPromises } from '../errors';
import { isEventType } from '../protocol';
import { isPromise } from '../store';
import { EVENTS_PER_TURN, type Gate } from './deliver';
import { closeAll, throwerOf, type EventIterator } from './event-iterator';
import { notAnEvent } from './not-an-event';
import { ObservableIterator } from './observable-iterator';

/** Called at teardown. `settled` resolves when the handler's remaining work has ended. */
export type OnTeardown = (settled: Promise<void>) => void;

/**
 * Returns a handler's result as an Observable of single events, pulled one by one while the gate is open. A
 * value that stands for several events is expanded in place; an error inside it is thrown at the `yield` that
 * produced it, so that the handler can catch it. Nothing starts before the subscription.
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
 * Events that arrive only while the gate is open, because their source is pulled. When such a value is
 * yielded, its events are passed on directly, while an application's Observable has to be buffered.
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

/**
 * | state     | what the loop does                            | until it becomes                       |
 * | --------- | --------------------------------------------- | -------------------------------------- |
 * | `pulling` | takes steps, or waits for the gate or a turn  | `step`, `value` or `passing` by a step |
 * | `step`    | awaits an iterator's own step                 | `pulling`                              |
 * | `value`   | awaits a promise that an iterator yielded, or | `pulling`; a rejection is thrown at    |
 * |           | the storing of shown parts after an error     | that `yield`                           |
 * | `passing` | passes gated events on as they arrive         | `pulling`, when they have ended        |
 * | `over`    | nothing: everything was pulled, or it stopped |                                        |
 *
 * Each of them can become `over`.
 */
type State = 'pulling' | 'step' | 'value' | 'passing' | 'over';

class PullLoop {
  private state: State = 'pulling';
  /** The innermost iterator comes last. */
  private readonly stack: EventIterator[];
  private pulledThisTurn = 0;
  /** The step or value that is awaited. Never rejects. */
  private awaited: Promise<void> | undefined;
  private passing: Subscription | undefined;

  constructor(
    root: EventIterator,
    private readonly ctx: RunContext,
    private readonly gate: Gate,
    private readonly subscriber: Subscriber<EventDraft>,
  ) {
    this.stack = [root];
  }

  readonly run = (): void => {
    while (this.state === 'pulling') {
      if (!this.gate.isOpen) {
        // The gate may be opened from another async context: by a socket that has drained, or another event.
        this.gate.whenOpen(() => this.ctx.run(this.run));
        return;
      }
      if (this.pulledThisTurn >= EVENTS_PER_TURN) {
        this.pulledThisTurn = 0;
        setImmediate(this.run);
        return;
      }
      const top = this.stack.at(-1);
      if (top === undefined) {
        this.endWith(() => this.subscriber.complete());
        return;
      }
      this.pulledThisTurn += 1;
      if (!this.advance(() => top.next())) return;
    }
  };

  /** Takes one step. Returns false if its result is awaited, and the loop must pause. */
  private advance(step: () => ReturnType<EventIterator['next']>): boolean {
    let result: ReturnType<EventIterator['next']>;
    try {
      result = step();
      if (isPromise(result)) return this.rest(result, 'step');
    } catch (error) {
      return this.unwind(error);
    }
    return this.take(result);
  }

  /** @throws what the `then` of a foreign thenable throws */
  private rest(step: PromiseLike<IteratorResult<unknown, unknown>>, state: 'step' | 'value'): false {
    // A foreign thenable may call back from any async context; a promise continues in that of its caller.
    this.awaited = Promise.resolve(step).then(this.resumeWith, this.resumeThrowing);
    this.state = state;
    return false;
  }

  private readonly resumeWith = (result: IteratorResult<unknown, unknown>): void => {
    this.awaited = undefined;
    if (this.state === 'over') return;
    this.state = 'pulling';
    if (this.take(result)) this.run();
  };

  private readonly resumeThrowing = (error: unknown): void => {
    this.awaited = undefined;
    const { state } = this;
    if (state === 'over') return;
    this.state = 'pulling';
    if (state === 'value' ? this.throwInto(error) : this.unwind(error)) this.run();
  };

  private take(result: IteratorResult<unknown, unknown>): boolean {
    let value: unknown;
    try {
      if (typeof result !== 'object')
        throw new TypeError('An iterator returned a step that is not an object.');
      if (result.done === true) {
        this.stack.pop();
        return true;
      }
      value = result.value;
    } catch (error) {
      return this.unwind(error);
    }
    if (value === undefined || value === null) {
      holdPromises(result); // a promise may be in the step itself
      return true;
    }
    try {
      if (isPromise(value)) return this.rest(Promise.resolve(value).then(toStep), 'value');
      if (value instanceof Gated) return this.pass(value.events);
      const inner = typeof value === 'object' ? iteratorOf(value, this.ctx) : undefined;
      if (inner !== undefined) this.stack.push(inner);
      else this.hand(value);
    } catch (error) {
      return this.throwInto(error);
    }
    return true;
  }

  /** Passes an event on. Handles rejections of promises in it, unless it has been written as JSON by then. */
  private hand(value: unknown): void {
    try {
      if (!isEvent(value)) throw notAnEvent(value, this.ctx);
      this.subscriber.next(value);
    } finally {
      if (this.ctx.hooks?.hasWritten(value) !== true) holdPromises(value);
    }
  }

  /** Passes events on until they end. Returns true if they have ended already. */
  private pass(events: Observable<EventDraft>): boolean {
    if (events instanceof Pulled && events.ctx === this.ctx && events.gate === this.gate) {
      this.stack.push(startOnPull(events.start)); // pulled by this loop directly
      return true;
    }
    let atOnce = true;
    let goOn = false;
    const end = (next: () => boolean): void => {
      this.passing = undefined;
      if (this.state === 'over') return;
      this.state = 'pulling';
      goOn = next();
      if (goOn && !atOnce) this.run();
    };
    const fail = (error: unknown): void => end(() => this.throwInto(error));
    const passing = (this.passing = new Subscription());
    this.state = 'passing';
    passing.add(
      events.subscribe({
        next: (event) => {
          if (this.state !== 'passing') return; // a synchronous source goes on after an error
          try {
            this.hand(event);
          } catch (error) {
            passing.unsubscribe();
            fail(error);
          }
        },
        error: fail,
        complete: () => end(() => true),
      }),
    );
    atOnce = false;
    return goOn;
  }

  /**
   * The innermost iterator threw, so it has ended, and the error is thrown into the one that yielded it.
   * Before that, the shown parts of its messages are stored, so that they come before any event made of the
   * error.
   */
  private unwind(error: unknown): boolean {
    this.stack.pop();
    const kept = this.ctx.hooks?.keepShown();
    if (!isPromise(kept)) return this.throwInto(error);
    return this.rest(
      kept.then(() => {
        throw error;
      }),
      'value',
    );
  }

  private throwInto(error: unknown): boolean {
    holdPromises(error);
    for (let top = this.stack.at(-1); top !== undefined; top = this.stack.at(-1)) {
      const thrower = throwerOf(top);
      if (thrower !== undefined) return this.advance(() => thrower(error));
      this.stack.pop();
    }
    this.endWith(() => this.subscriber.error(error));
    return false;
  }

  /** RxJS throws here what an interceptor's finalizer throws, and no caller of this loop could handle it. */
  private endWith(passOn: () => void): void {
    this.state = 'over';
    try {
      passOn();
    } catch (error) {
      this.ctx.log.error({ err: error }, 'an interceptor threw while it was being stopped');
    }
  }

  stop(onTeardown: OnTeardown): void {
    this.state = 'over';
    this.passing?.unsubscribe();
    if (this.stack.length > 0) onTeardown(closeAll(this.stack.splice(0), this.awaited, this.ctx));
  }
}

/** A value that may stand for several events. Reads are faster than `in` where objects have many shapes. */
interface Several {
  readonly [EXPAND]?: (ctx: RunContext) => object;
  readonly [Symbol.asyncIterator]?: () => EventIterator;
  readonly [Symbol.iterator]?: () => EventIterator;
  readonly subscribe?: unknown;
}

/** The iterator of a value that stands for several events, or `undefined` for a single event. */
function iteratorOf(value: Several, ctx: RunContext): EventIterator | undefined {
  const expanded = value[EXPAND]?.(ctx);
  if (expanded !== undefined) return iteratorOf(expanded, ctx);
  const asyncIterator = value[Symbol.asyncIterator]?.();
  if (asyncIterator !== undefined) return asyncIterator;
  // Promises in an array run already. One that rejects before its turn, or never gets its turn, must not
  // count as unhandled. If its turn comes, its error is still thrown.
  if (Array.isArray(value)) holdPromises(value);
  const iterator = value[Symbol.iterator]?.();
  if (iterator !== undefined) return iterator;
  if (typeof value.subscribe === 'function') {
    return new ObservableIterator(value as Subscribable<HandlerEvent>);
  }
  return undefined;
}

/** Returns a handler's result as the only value of an iterator, so that the first pull starts the handler. */
function startOnPull(start: () => unknown): EventIterator {
  let started = false;
  return {
    next() {
      if (started) return { done: true, value: undefined };
      started = true;
      const result = start();
      return isPromise(result) ? Promise.resolve(result).then(toStep) : toStep(result);
    },
  };
}

/** An iterator step with a value. */
function toStep(value: unknown): IteratorResult<unknown, unknown> {
  return { done: false, value };
}

/** Whether a value is a single event, judged by its type. */
export function isEvent(value: unknown): value is EventDraft {
  return typeof value === 'object' && value !== null && isEventType((value as { type?: unknown }).type);
}
