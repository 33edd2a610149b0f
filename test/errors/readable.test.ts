import { setImmediate } from 'node:timers/promises';
import { causesOf } from '../../src/cli/causes';
import { childLogger, safeLogger, type Logger } from '../../src/context';
import { ConflictError, messageOf, notePlace, placeOf, readable } from '../../src/errors';
import { HOSTILE_VALUES } from '../support/hostile';

const UNREADABLE = 'What was thrown cannot be read: it is a Proxy, or has a getter that throws.';

const makes = (name: string): unknown => HOSTILE_VALUES[name]!();

test('what can be read is handed on as it is', () => {
  const error = new ConflictError('x');
  expect(readable(error)).toBe(error);
  expect(readable(null)).toBeNull();
  expect(readable('text')).toBe('text');
});

test.each(['a Proxy whose traps throw', 'a revoked Proxy', 'a ChatError whose getters throw'])(
  '%s becomes an error that can be read, with the handler that it came from',
  (name) => {
    const thrown = makes(name);
    notePlace(thrown, { requestId: 'req_1', where: 'ItemController.select' });
    const error = readable(thrown) as Error;
    expect(error.message).toBe(UNREADABLE);
    expect(error instanceof ConflictError).toBe(false);
    expect(placeOf(error).where).toBe('ItemController.select');
  },
);

test('a ChatError whose message is no text is not sent to users', () => {
  const error = Object.assign(new ConflictError('x'), { message: Symbol('secret') });
  expect(messageOf(error)).toBe(UNREADABLE);
});

test('every value has a text', () => {
  for (const make of Object.values(HOSTILE_VALUES)) expect(typeof messageOf(make())).toBe('string');
  expect(messageOf(new Error('x'))).toBe('x');
  expect(messageOf(Object.create(null))).toBe('a value without a text');
});

test('a chain of causes that bites its tail ends', () => {
  expect(causesOf(makes('an error that is its own cause'))).toHaveLength(10);
  const chain = causesOf(new Error('a', { cause: new Error('b', { cause: makes('a revoked Proxy') }) }));
  expect(chain.map(messageOf)).toEqual(['a', 'b', UNREADABLE]);
});

describe('a safe logger', () => {
  function strict(lines: unknown[]): Logger {
    const log = (details: Record<string, unknown>, message: string): void => {
      lines.push([JSON.parse(JSON.stringify(details)), message]);
    };
    return Object.freeze({ debug: log, info: log, warn: log, error: log });
  }

  test('writes a line that holds something unreadable with its plain values', () => {
    const lines: unknown[] = [];
    const details = { err: makes('a Proxy whose traps throw'), requestId: 'r1' };
    safeLogger(strict(lines)).error(details, 'A handler failed.');
    expect(lines).toEqual([[{ requestId: 'r1' }, 'A handler failed.']]);
  });

  test('has what the logger has, and its children are as safe', () => {
    const lines: unknown[] = [];
    const logger: Logger & { named(): string } = {
      ...strict(lines),
      named: () => 'mine',
      child: () => strict(lines),
    };
    const safe = safeLogger(logger);
    expect((safe as typeof logger).named()).toBe('mine');
    childLogger(safe, {}).warn({ err: makes('a revoked Proxy'), at: 1 }, 'x');
    expect(lines).toEqual([[{ at: 1 }, 'x']]);
  });

  test('takes a rejection as it takes a throw, and ends no process', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    const log: Logger['info'] = () => Promise.reject(new Error('offline')) as unknown as undefined;
    const logger: Logger = { debug: log, info: log, warn: log, error: log };
    safeLogger(logger).error({}, 'x');
    safeLogger({ ...logger, child: () => logger })
      .child?.({})
      .warn({}, 'x');
    await setImmediate(); // when rejections are told
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });

  test('gives up on one that writes nothing at all', () => {
    const log = (): never => {
      throw new Error('full');
    };
    const safe = safeLogger({ debug: log, info: log, warn: log, error: log });
    expect(() => safe.error({}, 'x')).not.toThrow();
  });
});
