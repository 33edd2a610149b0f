/* eslint-disable @typescript-eslint/only-throw-error -- that is the point */
import { ConflictError } from '../../src';

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

// First the stack: to define it anew, V8 reads the name and the message.
const ERROR_FIELDS = ['stack', 'name', 'message', 'code', 'cause', 'status', 'issues', 'fix', 'allowRetry'];

/**
 * Values that somebody's code may throw, reject with, yield or return, and that cannot be looked at as
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
