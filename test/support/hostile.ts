/* eslint-disable @typescript-eslint/only-throw-error -- that is the point */
import { assistantMessage, ChatError, clientEffect, ConflictError, widget } from '../../src';

/** Every way of looking at it throws, and what is thrown is no better. */
function untouchable(target: object = {}): object {
  const trap = (): never => {
    throw untouchable();
  };
  const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, trap]));
  return new Proxy(target, traps);
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function throwingGetters(of: object, names: readonly string[]): object {
  for (const name of names) {
    Object.defineProperty(of, name, {
      get() {
        throw untouchable();
      },
    });
  }
  return of;
}

/** Rejects when all that waits on this turn has had its chance to handle it. */
function rejecting(): Promise<never> {
  return new Promise((_, reject) => setImmediate(() => reject(new Error('forgotten'))));
}

// First the stack: to define it anew, V8 reads the name and the message.
const ERROR_FIELDS = ['stack', 'name', 'message', 'code', 'cause', 'status', 'issues', 'fix', 'allowRetry'];

/**
 * Values that the application's code may throw, reject with, yield or return, and that cannot be looked at as
 * others are. Made anew by each call.
 */
export const HOSTILE_VALUES: Record<string, () => unknown> = {
  'a Proxy whose traps throw': () => untouchable(),
  'a Proxy of a function': () => untouchable(() => undefined),
  'a Proxy of an error': () => untouchable(new Error('x')),
  'a Proxy of a ChatError': () => untouchable(new ConflictError('x')),
  'a Proxy that hides its prototype alone': () =>
    new Proxy(
      { message: 'm', code: 'c' },
      {
        getPrototypeOf() {
          throw untouchable();
        },
      },
    ),
  'a ChatError whose issues are a Proxy': () =>
    Object.assign(new ConflictError('x'), { issues: untouchable([]) }),
  'a revoked Proxy': revoked,
  'an error whose getters throw': () => throwingGetters(new Error('x'), ERROR_FIELDS),
  'a ChatError whose getters throw': () => throwingGetters(new ConflictError('x'), ERROR_FIELDS),
  'an object whose then cannot be read': () => throwingGetters({}, ['then']),
  'an object whose type cannot be read': () => throwingGetters({}, ['type']),
  'an object whose iterator cannot be read': () =>
    Object.defineProperty({}, Symbol.iterator, {
      get() {
        throw untouchable();
      },
    }),
  'a thenable that throws': () => ({
    then() {
      throw untouchable();
    },
  }),
  'a thenable that answers nothing': () => ({
    then(_: unknown, reject: (reason: unknown) => void) {
      reject(untouchable());
    },
  }),
  'a promise whose constructor cannot be read': () => throwingGetters(Promise.resolve(), ['constructor']),
  'a promise whose own then throws': () => throwingGetters(Promise.resolve(), ['then']),
  'an error that is its own cause': () => {
    const error = new Error('x');
    error.cause = error;
    return error;
  },
  'an object without a prototype': () => Object.create(null) as object,
  'a symbol': () => Symbol('x'),
  'a big number': () => 5n,
  'a function': () => () => undefined,
  null: () => null,
  undefined: () => undefined,
};

/**
 * What a forgotten `await` leaves: promises in values. They reject a moment later, and nothing waits for
 * them.
 */
export const FORGOTTEN_AWAITS: Record<string, () => unknown> = {
  'a promise that rejects': rejecting,
  'an object with a promise that rejects': () => ({ deep: [{ in: rejecting() }] }),
  'a Map with a promise that rejects': () => new Map([['key', rejecting()]]),
  'a message of a promise that rejects': () => assistantMessage(rejecting() as never),
  'a widget that is a promise that rejects': () => widget(rejecting() as never),
  'a widget with a child that is a promise that rejects': () =>
    widget({ type: 'Card', children: [{ type: 'Text', value: 'a' }, rejecting()] }),
  'an effect with a promise that rejects': () => clientEffect('move', { to: rejecting() }),
  'a message with an unknown field that is a promise that rejects': () => ({
    type: 'thread.item.done',
    item: { type: 'assistant_message', content: [], secret: { in: rejecting() } },
  }),
  'an item of a promise that rejects': () => ({ type: 'thread.item.done', item: rejecting() }),
  'a change of no type with a promise that rejects': () => ({
    type: 'thread.item.updated',
    item_id: 'msg_1',
    update: rejecting(),
  }),
  'a ChatError whose message is a promise that rejects': () => new ConflictError(rejecting() as never),
  'a ChatError whose code is a promise that rejects': () =>
    new ChatError('x', 400, 'x', { code: rejecting() as never }),
  'a ChatError whose issues are a promise that rejects': () =>
    new ConflictError('x', { issues: rejecting() as never }),
  'a ChatError whose issues hold promises that reject': () =>
    new ConflictError('x', { issues: [{ path: rejecting(), message: rejecting() }] as never }),
  'a ChatError caused by a promise that rejects': () => new ConflictError('x', { cause: rejecting() }),
  'an error caused by a promise that rejects': () => new Error('x', { cause: rejecting() }),
  'an error with a promise that rejects': () => Object.assign(new Error('x'), { response: rejecting() }),
};
