import { firstValueFrom, from, interval, of, range, throwError, toArray } from 'rxjs';
import { map, take } from 'rxjs/operators';
import type { EventDraft, HandlerResult } from '../../src/context';
import { assistantMessage, clientEffect } from '../../src/events';
import { EXPAND, type HandlerEvent } from '../../src/context';
import { EVENTS_PER_TURN, Gate, pull } from '../../src/pipeline';
import { BUFFER_LIMIT } from '../../src/pipeline/deliver';
import { makeContext, until, type LogLine } from './harness';

/** So many events that none are left over for the next turn if there is no end to a turn; yet not endless. */
const MANY = 100 * EVENTS_PER_TURN;

const effect = (name: string): EventDraft => clientEffect(name);

function names(events: EventDraft[]): string[] {
  return events.map((event) => (event.type === 'client_effect' ? event.name : event.type));
}

async function collect(result: () => HandlerResult): Promise<string[]> {
  const events = pull(result, makeContext(), new Gate(), () => undefined);
  return names(await firstValueFrom(events.pipe(toArray())));
}

describe('pull takes every kind of result', () => {
  const kinds: [string, () => HandlerResult, string[]][] = [
    ['one event', () => effect('a'), ['a']],
    ['an array', () => [effect('a'), effect('b')], ['a', 'b']],
    ['nothing', () => undefined, []],
    ['null', () => null, []],
    ['a promise of an event', () => Promise.resolve(effect('a')), ['a']],
    ['a promise of an array', () => Promise.resolve([effect('a'), effect('b')]), ['a', 'b']],
    ['a promise of nothing', () => Promise.resolve(undefined), []],
    ['an Observable', () => of(effect('a'), effect('b')), ['a', 'b']],
    [
      'an Observable that takes its time',
      () =>
        interval(1).pipe(
          take(3),
          map((n) => effect(String(n))),
        ),
      ['0', '1', '2'],
    ],
    ['a promise of an Observable', () => Promise.resolve(of(effect('a'))), ['a']],
    [
      'a plain generator',
      function* () {
        yield effect('a');
        yield undefined;
        yield [effect('b'), effect('c')];
      },
      ['a', 'b', 'c'],
    ],
    [
      'a plain generator that yields promises',
      function* () {
        yield Promise.resolve(effect('a'));
        yield Promise.resolve();
        yield effect('b');
      },
      ['a', 'b'],
    ],
    [
      'an async generator',
      async function* () {
        await Promise.resolve();
        yield effect('a');
        yield effect('b');
      },
      ['a', 'b'],
    ],
  ];
  it.each(kinds)('%s', async (_, result, expected) => {
    expect(await collect(result)).toEqual(expected);
  });

  it('a composite, unfolded in its place, however deep', async () => {
    const inner = {
      *[EXPAND]() {
        yield effect('b');
        yield { [EXPAND]: () => from([effect('c')]) as unknown as Iterable<HandlerEvent> };
      },
    };
    expect(
      await collect(function* () {
        yield effect('a');
        yield inner;
        yield effect('d');
      }),
    ).toEqual(['a', 'b', 'c', 'd']);
  });

  it('and refuses what is no event, with a hint', async () => {
    await expect(collect(() => 'hello' as unknown as HandlerResult)).rejects.toThrow('not an event');
    await expect(collect(() => ({ text: 'hello' }) as unknown as HandlerResult)).rejects.toThrow(
      'the keys [text]',
    );
    await expect(collect(() => [{ type: 3 }] as unknown as HandlerResult)).rejects.toThrow('not an event');
  });
});

describe('pull, when something throws', () => {
  it('errors when the handler throws before its first event', async () => {
    await expect(
      collect(() => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
    await expect(collect(() => Promise.reject(new Error('soon')))).rejects.toThrow('soon');
    await expect(collect(() => throwError(() => new Error('observed')))).rejects.toThrow('observed');
  });

  it('throws what goes wrong in a composite at the yield that handed it out', async () => {
    const failing = {
      // eslint-disable-next-line require-yield
      async *[EXPAND](): AsyncGenerator<HandlerEvent> {
        await Promise.resolve();
        throw new Error('inside');
      },
    };
    const events = await collect(async function* () {
      try {
        yield failing;
      } catch (error) {
        yield assistantMessage((error as Error).message);
      }
      yield effect('after');
    });
    expect(events).toEqual(['thread.item.done', 'after']);
  });

  it('throws a rejected promise at the yield of a plain generator', async () => {
    const events = await collect(function* () {
      try {
        yield Promise.reject(new Error('rejected'));
      } catch {
        yield effect('caught');
      }
    });
    expect(events).toEqual(['caught']);
  });

  it('errors when nobody catches it, after the outer finally has run', async () => {
    const seen: string[] = [];
    await expect(
      collect(async function* () {
        try {
          yield {
            [EXPAND]: () => {
              throw new Error('no way in');
            },
          };
        } finally {
          seen.push('finally');
        }
      }),
    ).rejects.toThrow('no way in');
    expect(seen).toEqual(['finally']);
  });
});

describe('pull, under a gate', () => {
  it('does not start the handler before the gate is open', () => {
    const gate = new Gate();
    const started = jest.fn(() => effect('a'));
    gate.hold();
    const seen: EventDraft[] = [];
    pull(started, makeContext(), gate, () => undefined).subscribe((event) => seen.push(event));
    expect(started).not.toHaveBeenCalled();
    gate.release();
    expect(names(seen)).toEqual(['a']);
  });

  it('pulls no further while the gate is held', () => {
    const gate = new Gate();
    let made = 0;
    const seen: EventDraft[] = [];
    pull(
      function* () {
        for (;;) yield effect(String(made++));
      },
      makeContext(),
      gate,
      () => undefined,
    ).subscribe((event) => {
      seen.push(event);
      gate.hold();
    });
    expect(made).toBe(1);
    gate.release();
    expect(made).toBe(2);
    gate.release();
    expect(names(seen)).toEqual(['0', '1', '2']);
  });

  it.each([
    [
      'plain',
      function* () {
        for (let n = 0; n < MANY; n += 1) yield effect('x');
      },
    ],
    [
      'async',
      async function* () {
        for (let n = 0; n < MANY; n += 1) yield effect('x');
      },
    ],
  ])(
    'gives the event loop a turn every so many events of a %s generator that never waits',
    async (_, unwaiting) => {
      let seen = 0;
      const subscription = pull(unwaiting, makeContext(), new Gate(), () => undefined).subscribe(
        () => (seen += 1),
      );
      for (let turn = 0, before = 0; turn < 5; turn += 1, before = seen) {
        await new Promise((resolve) => setImmediate(resolve));
        expect(seen - before).toBeGreaterThan(0);
        expect(seen - before).toBeLessThanOrEqual(2 * EVENTS_PER_TURN);
      }
      subscription.unsubscribe();
    },
  );
});

test('a foreign Observable that ends at once is given up as any other', async () => {
  let unsubscribed = 0;
  const foreign = {
    subscribe(observer: { next(value: EventDraft): void; complete(): void }) {
      observer.next(effect('a'));
      observer.complete();
      return { unsubscribe: () => void (unsubscribed += 1) };
    },
  };
  expect(await collect(() => foreign as unknown as HandlerResult)).toEqual(['a']);
  expect(unsubscribed).toBe(1);
});

test('a foreign Observable that returns no subscription is subscribed to once', async () => {
  let subscribed = 0;
  const foreign = {
    subscribe(observer: { next(value: EventDraft): void; complete(): void }) {
      subscribed += 1;
      void (async () => {
        for (const name of ['a', 'b']) {
          await new Promise((resolve) => setImmediate(resolve));
          observer.next(effect(name));
        }
        observer.complete();
      })();
    },
  };
  expect(await collect(() => foreign as unknown as HandlerResult)).toEqual(['a', 'b']);
  expect(subscribed).toBe(1);
});

describe('pull, when it is unsubscribed', () => {
  /** Unsubscribes at the first event; resolves when the handler is done. */
  async function stopAtFirst(handler: () => HandlerResult, lines: LogLine[] = []): Promise<void> {
    const teardowns: Promise<void>[] = [];
    await new Promise<void>((resolve) => {
      const subscription = pull(handler, makeContext(undefined, lines), new Gate(), (settled) =>
        teardowns.push(settled),
      ).subscribe(() => {
        subscription.unsubscribe();
        resolve();
      });
    });
    await Promise.all(teardowns);
  }

  it('goes on through a finally block that yields', async () => {
    const seen: string[] = [];
    await stopAtFirst(async function* () {
      try {
        await Promise.resolve();
        yield effect('a');
      } finally {
        yield effect('b');
        await new Promise((resolve) => setImmediate(resolve));
        yield [Promise.reject<EventDraft>(new Error('y'))];
        seen.push('given back');
      }
    });
    expect(seen).toEqual(['given back']);
  });

  it('waits for the promises that the finally block of a plain generator yields', async () => {
    const seen: string[] = [];
    await stopAtFirst(function* (): Generator<HandlerEvent | Promise<HandlerEvent | void>> {
      try {
        yield new Promise((resolve) => setImmediate(resolve));
        yield effect('a');
      } finally {
        yield new Promise<void>((resolve) => setImmediate(resolve)).then(() => void seen.push('waited'));
        seen.push('given back');
      }
    });
    expect(seen).toEqual(['waited', 'given back']);
  });

  it('gives up a finally block that yields without end', async () => {
    let yielded = 0;
    await stopAtFirst(async function* () {
      try {
        await Promise.resolve();
        yield effect('a');
      } finally {
        for (; yielded < MANY; yielded += 1) yield effect('b');
      }
    });
    expect(yielded).toBeLessThan(MANY);
  });

  it('runs the finally block of a plain generator that has stopped itself', async () => {
    const seen: string[] = [];
    const lines: LogLine[] = [];
    const teardowns: Promise<void>[] = [];
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const subscription = pull(
      function* () {
        try {
          yield new Promise<void>((resolve) => setImmediate(resolve));
          subscription.unsubscribe();
          stop();
          yield effect('a');
        } finally {
          seen.push('finally');
        }
      },
      makeContext(undefined, lines),
      new Gate(),
      (settled) => teardowns.push(settled),
    ).subscribe();
    await stopped;
    await Promise.all(teardowns);
    expect({ seen, lines }).toEqual({ seen: ['finally'], lines: [] });
  });

  it('returns the generators from the inside out, and says when that is done', async () => {
    const seen: string[] = [];
    const teardowns: Promise<void>[] = [];
    const gate = new Gate();
    const subscription = pull(
      async function* () {
        try {
          yield {
            async *[EXPAND](): AsyncGenerator<HandlerEvent> {
              try {
                yield effect('a');
                yield effect('b');
              } finally {
                await new Promise((resolve) => setTimeout(resolve, 5));
                seen.push('inner');
              }
            },
          };
        } finally {
          seen.push('outer');
        }
      },
      makeContext(),
      gate,
      (settled) => teardowns.push(settled),
    ).subscribe(() => gate.hold());
    await until(() => !gate.isOpen);
    subscription.unsubscribe();
    expect(teardowns).toHaveLength(1);
    await Promise.all(teardowns);
    expect(seen).toEqual(['inner', 'outer']);
  });

  it('keeps nothing any more when what the handler awaited fails afterwards', async () => {
    const ctx = makeContext();
    let kept = 0;
    ctx.hooks = { keepShown: () => void (kept += 1), hasWritten: () => false } as unknown as NonNullable<
      typeof ctx.hooks
    >;
    let fail: (error: Error) => void = () => undefined;
    const teardowns: Promise<void>[] = [];
    const subscription = pull(
      async function* () {
        yield effect('a');
        await new Promise((_, reject) => (fail = reject));
      },
      ctx,
      new Gate(),
      (settled) => teardowns.push(settled),
    ).subscribe();
    await new Promise((resolve) => setImmediate(resolve));
    subscription.unsubscribe();
    fail(new Error('aborted'));
    await Promise.all(teardowns);
    expect(kept).toBe(0);
  });

  it('logs what a finally block throws', async () => {
    const lines: LogLine[] = [];
    const teardowns: Promise<void>[] = [];
    const gate = new Gate();
    pull(
      function* () {
        try {
          yield effect('a');
        } finally {
          // eslint-disable-next-line no-unsafe-finally
          throw new Error('in finally');
        }
      },
      makeContext(undefined, lines),
      gate,
      (settled) => teardowns.push(settled),
    )
      .subscribe(() => gate.hold())
      .unsubscribe();
    await Promise.all(teardowns);
    expect(lines).toMatchObject([{ level: 'error', details: { err: { message: 'in finally' } } }]);
  });

  it('does not settle while an async function of the handler still works', async () => {
    const teardowns: Promise<void>[] = [];
    let finish: () => void = () => undefined;
    const work = new Promise<void>((resolve) => (finish = resolve));
    let settled = false;
    pull(
      () => work.then(() => effect('late')),
      makeContext(),
      new Gate(),
      (done) => teardowns.push(done),
    )
      .subscribe()
      .unsubscribe();
    void Promise.all(teardowns).then(() => (settled = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(settled).toBe(false);
    finish();
    await until(() => settled);
  });

  it('gives up an Observable that never ends', async () => {
    let unsubscribed = false;
    const teardowns: Promise<void>[] = [];
    const endless = {
      subscribe: () => ({ unsubscribe: () => (unsubscribed = true) }),
    };
    pull(
      () => endless,
      makeContext(),
      new Gate(),
      (done) => teardowns.push(done),
    )
      .subscribe()
      .unsubscribe();
    await Promise.all(teardowns);
    expect(unsubscribed).toBe(true);
  });
});

describe('pull, on an Observable that cannot be slowed', () => {
  it('hands out what it took before it raises the overflow', async () => {
    const seen: string[] = [];
    const flood = range(0, BUFFER_LIMIT + 500).pipe(map((n) => effect(String(n))));
    await expect(
      new Promise((resolve, reject) => {
        pull(
          () => flood,
          makeContext(),
          new Gate(),
          () => undefined,
        ).subscribe({
          next: (event) => seen.push(...names([event])),
          error: reject,
          complete: () => resolve(undefined),
        });
      }),
    ).rejects.toMatchObject({ code: 'buffer_overflow' });
    // One more than may wait: the first goes straight to the step that waits for it.
    expect(seen).toEqual(Array.from({ length: BUFFER_LIMIT + 1 }, (_, n) => String(n)));
  });
});
