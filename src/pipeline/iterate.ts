import { EXPAND, type EventDraft, type HandlerEvent, type RunContext, type Subscribable } from '../context';
import { DeveloperError, holdPromises } from '../errors';
import { isEventType, isItemType } from '../protocol';
import { isPromise } from '../store';
import { ObservableIterator } from './observable-iterator';

/** What is pulled from: a generator, an array's iterator, an Observable made pullable. */
export interface EventIterator {
  next(): IteratorResult<unknown, unknown> | PromiseLike<IteratorResult<unknown, unknown>>;
  throw?(error: unknown): IteratorResult<unknown, unknown> | PromiseLike<IteratorResult<unknown, unknown>>;
  return?(): unknown;
}

/** What may stand for several events. Read, not asked for by `in`, which is slow where shapes are many. */
interface Several {
  readonly [EXPAND]?: (ctx: RunContext) => object;
  readonly [Symbol.asyncIterator]?: () => EventIterator;
  readonly [Symbol.iterator]?: () => EventIterator;
  readonly subscribe?: unknown;
}

/** The iterator behind a value that stands for several events, or `undefined` for a single event. */
export function iteratorOf(value: Several, ctx: RunContext): EventIterator | undefined {
  const expanded = value[EXPAND]?.(ctx);
  if (expanded !== undefined) return iteratorOf(expanded, ctx);
  const asyncIterator = value[Symbol.asyncIterator]?.();
  if (asyncIterator !== undefined) return asyncIterator;
  // Those in an array run already. One that rejects before its turn has come, or never has its turn,
  // must not count as unhandled. Whose turn comes still hears of it.
  if (Array.isArray(value)) holdPromises(value);
  const iterator = value[Symbol.iterator]?.();
  if (iterator !== undefined) return iterator;
  if (typeof value.subscribe === 'function') {
    return new ObservableIterator(value as Subscribable<HandlerEvent>);
  }
  return undefined;
}

/** Hands out a handler's result as the one value of an iterator, so that pulling starts the handler. */
export function startOnPull(start: () => unknown): EventIterator {
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

/** The step of an iterator that hands out a value. */
export function toStep(value: unknown): IteratorResult<unknown, unknown> {
  return { done: false, value };
}

/** Whether a value is one event, told by its type. */
export function isEvent(value: unknown): value is EventDraft {
  return typeof value === 'object' && value !== null && isEventType((value as { type?: unknown }).type);
}

/** The error of a handler that handed out something else, with what to write instead. */
export function notAnEvent(value: unknown, ctx: RunContext): DeveloperError {
  const action = ctx.action === null ? '' : ` for the action ${JSON.stringify(ctx.action.type)}`;
  const { what, fix } = describe(value);
  return new DeveloperError(
    'not_an_event',
    `${ctx.where ?? 'A handler'} returned or yielded ${what}${action}, which is no event.`,
    fix,
  );
}

function describe(value: unknown): { what: string; fix: string } {
  if (typeof value === 'string') {
    return { what: 'text', fix: 'Put it into a message: assistantMessage(…).' };
  }
  const fix = 'Yield what assistantMessage(), widget(), replace() and the like make.';
  if (typeof value !== 'object' || value === null) return { what: `a ${typeof value}`, fix };
  const type = 'type' in value && typeof value.type === 'string' ? value.type : undefined;
  if (type === undefined) return { what: `an object with the keys [${Object.keys(value).join(', ')}]`, fix };
  if (isItemType(type)) return { what: `an item of type "${type}"`, fix: 'Wrap it in done(…).' };
  // Components are written like this, and nothing else in the protocol is.
  if (/^[A-Z]/.test(type)) return { what: `the widget component ${type}`, fix: 'Wrap it in widget(…).' };
  return { what: `an object of type ${JSON.stringify(type)}`, fix };
}
