import fc from 'fast-check';
import { isHiddenType } from '../../../src/protocol';
import type { Json } from '../language';
import { THREADS_TOLD } from '../scenarios/events';
import { UPDATES } from '../scenarios/update-values';
import { ITEMS } from '../scenarios/values';
import { STREAMS } from '../scenarios/widget-states';

/* What is drawn at random. `write.ts` makes a scenario of it. */

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', 'null', '\n\n', '👩‍👩‍👧'),
);
/** Without the key that is refused: the reference would go on with what ours does not store. */
const plain = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'binary' })
  .filter((value) => !JSON.stringify(value).includes('"__proto__":')) as fc.Arbitrary<Json>;
/** Those that JavaScript cannot hold are written by `withIntegers`. */
const number = fc.constantFrom<Json>(
  '{{integer 9007199254740993}}',
  '{{integer -123456789012345678901234567890}}',
  '{{integer -0}}',
  0.1,
  1e21,
  5e-324,
  Number.MAX_VALUE,
);
const json = fc.oneof(
  { weight: 5, arbitrary: plain },
  {
    weight: 1,
    arbitrary: fc.oneof(number, fc.record({ n: number, list: fc.array(number, { maxLength: 2 }) })),
  },
);
const record = fc.dictionary(fc.string({ maxLength: 5 }), json, { maxKeys: 3 });

/** Which of the things that are there; the newest are likelier. */
const which = fc.nat(20);

/** Of an item that has been there before, or none. */
const reused = fc.option(which, { freq: 2 });

const HIDDEN = Object.values(ITEMS).filter(({ type }) => isHiddenType(type as string));

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('item' as const),
      item: fc.constantFrom(...Object.values(ITEMS)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('stream' as const),
      updates: fc.constantFrom(...Object.values(UPDATES)),
      end: fc.constantFrom('done' as const, 'removed' as const, 'never' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      id: reused,
      text: fc.option(text),
      deltas: fc.array(fc.record({ part: fc.constantFrom(0, 0, 0, 1, 5, 150), delta: text }), {
        maxLength: 3,
      }),
      end: fc.constantFrom('done' as const, 'removed' as const, 'never' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('again' as const),
      which,
      event: fc.constantFrom('done' as const, 'replaced' as const),
      item: fc.oneof(fc.constantFrom(...Object.values(ITEMS)), fc.constantFrom(...HIDDEN)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('told' as const),
      event: fc.constantFrom(...Object.values(THREADS_TOLD)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('widgets' as const),
      states: fc.constantFrom(...Object.values(STREAMS)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('replace' as const),
      which,
      item: fc.constantFrom(...Object.values(ITEMS)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('effect' as const), name: text, data: record }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('notice' as const),
      level: fc.constantFrom('info', 'warning', 'danger'),
      message: text,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('progress' as const), text }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      what: fc.constantFrom(
        'message' as const,
        'action' as const,
        'sender' as const,
        'thread' as const,
        'items' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('thread' as const),
      changes: fc.oneof(
        fc.record({ title: fc.option(text) }),
        fc.record({ metadata: record }),
        fc.record({ allowed_image_domains: fc.option(fc.array(text, { maxLength: 2 })) }),
        fc.constantFrom(
          { status: { type: 'locked', reason: 'x' } },
          { status: { type: 'closed' } },
          { status: { type: 'active' } },
        ),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('throw' as const),
      problem: fc.oneof(
        fc.record({ custom: text, retry: fc.boolean() }),
        fc.record({ stream: fc.constant('stream.error' as const), retry: fc.boolean() }),
        fc.record({ other: text }),
      ),
    }),
  },
);
export type DrawnStep = typeof step extends fc.Arbitrary<infer T> ? T : never;

const handler = fc.record({
  steps: fc.array(step, { maxLength: 6 }),
  /** Whether its events have more in them than the protocol has. */
  isPlanted: fc.nat(4).map((n) => n === 0),
  /** Whether the client hangs up at the end of it. */
  isCut: fc.nat(9).map((n) => n === 0),
});
export type DrawnHandler = typeof handler extends fc.Arbitrary<infer T> ? T : never;

const answers = fc.dictionary(
  fc.constantFrom('q1', 'q2', 'nobody'),
  fc.record({ values: fc.array(text, { maxLength: 3 }), skipped: fc.boolean() }, { requiredKeys: [] }),
);

const asked = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ask: fc.constant('say' as const),
      text,
      handler,
      model: fc.option(text),
      quoted: fc.option(text),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ask: fc.constant('create' as const),
      text,
      /** Whether its items get the ids of those of another thread. */
      isCounted: fc.boolean(),
      handler,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ask: fc.constant('act' as const),
      name: text,
      payload: json,
      sender: which,
      handler,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ask: fc.constant('sync' as const),
      name: text,
      payload: json,
      sender: which,
      saves: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ask: fc.constant('retry' as const), which, handler }) },
  { weight: 2, arbitrary: fc.record({ ask: fc.constant('output' as const), result: json, handler }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ask: fc.constant('answer' as const),
      which,
      answers,
      status: fc.constantFrom('answered', 'skipped'),
      handler,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ask: fc.constant('list' as const),
      params: fc.record(
        { limit: fc.constantFrom(0, 1, 2, 3, '2', null), order: fc.constantFrom('asc', 'desc') },
        { requiredKeys: [] },
      ),
      after: fc.option(which),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ask: fc.constant('get' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ask: fc.constant('threads' as const),
      params: fc.record(
        { limit: fc.constantFrom(1, 2), order: fc.constantFrom('asc', 'desc') },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ask: fc.constant('rename' as const), title: text }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ask: fc.constant('rate' as const),
      which: fc.array(which, { maxLength: 2 }),
      kind: fc.constantFrom('positive', 'negative'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ask: fc.constant('attach' as const),
      name: text,
      mime_type: fc.constantFrom('text/plain', 'image/png'),
      handler,
    }),
  },
);
export type DrawnExchange = typeof asked extends fc.Arbitrary<infer T> ? T : never;

export const drawnScenario = fc.record({ first: handler, then: fc.array(asked, { maxLength: 5 }) });
