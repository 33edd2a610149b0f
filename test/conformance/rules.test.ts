import type { Outcome, Reply } from './client';
import { compare } from './compare';
import type { JsonObject, Scenario, Send } from './language';
import { added, create, done, hidden, list, message, removed, request, say } from './scenarios/parts';

/*
 * Rules excuse what ours does on purpose, and nothing else: each answer here that is wrong by a little
 * is a difference, however much of it a rule explains.
 */

const THREAD = { id: 'thr', created_at: '<time>', status: { type: 'active' }, metadata: {} };
const NOTE = {
  type: 'sdk_hidden_context',
  id: '<shcx 1.1>',
  content: 'The answer above broke off before it was complete. Do not continue it unasked.',
};

const whole = (item: JsonObject): JsonObject => ({ thread_id: 'thr', created_at: '<time>', ...item });

function outcome(reply: Reply, items: JsonObject[]): Outcome {
  const state = { threads: [{ ...THREAD, items: items.map(whole) }], attachments: [], log: [] };
  return { reply: structuredClone(reply), state };
}

const OPENING: JsonObject[] = [
  { type: 'thread.created', thread: THREAD },
  { type: 'stream_options', stream_options: { allow_cancel: true } },
];
const ERROR: JsonObject = { type: 'error', code: 'stream.error', allow_retry: true };

const sent = (...events: JsonObject[]): Reply => ({
  status: 200,
  events: [...OPENING, ...events].map((event) =>
    'item' in event ? { ...event, item: whole(event['item'] as JsonObject) } : event,
  ),
});

const event = (kind: 'added' | 'done' | 'replaced', item: JsonObject): JsonObject => ({
  type: `thread.item.${kind}`,
  item,
});
const removal = (item_id: string): JsonObject => ({ type: 'thread.item.removed', item_id });

function differs(exchanges: Send[], theirs: Outcome[], ours: Outcome[]): boolean {
  const scenario: Scenario = { name: 'Of a rule', exchanges };
  return compare(scenario, theirs, ours).difference !== undefined;
}

describe('text that was shown is kept', () => {
  const hi = message('a', 'Hi');
  const exchanges = [create([added(hi), { throw: { other: 'x' } }])];
  const reply = sent(event('added', hi), ERROR);
  const theirs = [outcome(reply, [])];
  const check = (items: JsonObject[], answer = reply): boolean =>
    differs(exchanges, theirs, [outcome(answer, items)]);

  test('as far as it has come, with a note behind it', () => {
    expect(check([hi, NOTE])).toBe(false);
  });

  test.each<[string, JsonObject[]]>([
    ['nothing kept', []],
    ['no note', [hi]],
    ['the note before it', [NOTE, hi]],
    ['another text', [message('a', 'H'), NOTE]],
    ['another note', [hi, { ...NOTE, content: 'Something else' }]],
    ['something more', [hi, message('b', 'Hm'), NOTE]],
  ])('%s is a difference', (_, items) => {
    expect(check(items)).toBe(true);
  });

  test('so is an event that is missing', () => {
    expect(check([hi, NOTE], sent(event('added', hi)))).toBe(true);
  });

  test('a message of blanks is not kept', () => {
    const blank = message('a', ' \u2003');
    const answer = sent(event('added', blank), ERROR);
    const blanks = [create([added(blank), { throw: { other: 'x' } }])];
    expect(differs(blanks, [outcome(answer, [])], [outcome(answer, [])])).toBe(false);
    expect(differs(blanks, [outcome(answer, [])], [outcome(answer, [blank, NOTE])])).toBe(true);
  });

  describe('in what follows', () => {
    const removes = [...exchanges, say([removed('a')])];
    const after = { status: 200, events: [OPENING[1]!, removal('a')] };
    const page = (items: JsonObject[]): Reply => ({
      status: 200,
      json: { data: items.map(whole), has_more: false },
    });

    test('until it is removed', () => {
      const both = (items: JsonObject[]): boolean =>
        differs(
          removes,
          [...theirs, outcome(after, [])],
          [outcome(reply, [hi, NOTE]), outcome(after, items)],
        );
      expect(both([NOTE])).toBe(false);
      expect(both([hi, NOTE])).toBe(true);
      expect(both([])).toBe(true);
    });

    test('and it is listed', () => {
      const listed = (items: JsonObject[]): boolean =>
        differs(
          [...exchanges, list({ order: 'asc' })],
          [...theirs, outcome(page([]), [])],
          [outcome(reply, [hi, NOTE]), outcome(page(items), [hi, NOTE])],
        );
      expect(listed([hi])).toBe(false);
      expect(listed([])).toBe(true);
      expect(listed([hi, NOTE])).toBe(true); // the note is hidden
      expect(listed([message('a', 'Ho')])).toBe(true);
    });
  });
});

describe('hidden items never leave', () => {
  const shown = message('a', 'Hi');
  const secret = hidden('a');
  const later = message('b', 'Hm');
  const exchanges = [create([done(shown), done(secret), done(later)])];
  const theirs = [outcome(sent(event('done', shown), event('done', later)), [secret, later])];
  const check = (...events: JsonObject[]): boolean =>
    differs(exchanges, theirs, [outcome(sent(...events), [secret, later])]);

  test('the client is told to remove what it has, in its place', () => {
    expect(check(event('done', shown), removal('a'), event('done', later))).toBe(false);
  });

  test.each<[string, JsonObject[]]>([
    ['not at all', [event('done', shown), event('done', later)]],
    ['too late', [event('done', shown), event('done', later), removal('a')]],
    ['too early', [removal('a'), event('done', shown), event('done', later)]],
    ['twice', [event('done', shown), removal('a'), removal('a'), event('done', later)]],
    ['of another item', [event('done', shown), removal('b'), event('done', later)]],
    ['with the hidden item', [event('done', shown), event('replaced', secret), event('done', later)]],
  ])('%s is a difference', (_, events) => {
    expect(check(...events)).toBe(true);
  });

  test('what was never shown is not removed, nor what is hidden now', () => {
    const own = [create([done(secret), removed('a')])];
    const reference = [outcome(sent(removal('a')), [])];
    expect(differs(own, reference, [outcome(sent(), [])])).toBe(false);
    expect(differs(own, reference, reference)).toBe(true);
  });

  test('what is shown again is removed', () => {
    const own = [create([done(secret), { emit: event('replaced', shown) }, removed('a')])];
    const reference = [outcome(sent(event('replaced', shown), removal('a')), [])];
    expect(differs(own, reference, reference)).toBe(false);
    expect(differs(own, reference, [outcome(sent(event('replaced', shown)), [])])).toBe(true);
  });
});

describe('numbers are those of JavaScript', () => {
  const told = (n: string | number): Outcome[] => [outcome({ status: 200, json: { n } }, [])];
  const check = (ours: string | number): boolean =>
    differs([request('threads.update', { title: 'x' })], told('<integer 9007199254740993>'), told(ours));

  test('rounded, and not otherwise', () => {
    expect(check('<integer 9007199254740992>')).toBe(false);
    expect(check('<integer 9007199254740994>')).toBe(true);
    expect(check('9007199254740993')).toBe(true);
    expect(check(0)).toBe(true);
  });
});

describe('an item belongs to its thread', () => {
  const own = message('a', 'Hi');
  const foreign = message('b', 'Ho', { thread_id: 'other' });
  const exchanges = [create([done(own), done(foreign), done(message('c', 'Hm'))])];
  const all = [event('done', own), event('done', foreign), event('done', message('c', 'Hm'))];
  const theirs = [outcome(sent(...all), [own, foreign, message('c', 'Hm')])];
  const check = (items: JsonObject[], ...events: JsonObject[]): boolean =>
    differs(exchanges, theirs, [outcome(sent(...events), items)]);

  test('the run ends there, and nothing of it is stored', () => {
    expect(check([own], all[0]!, ERROR)).toBe(false);
    expect(check([own, foreign], all[0]!, ERROR)).toBe(true);
    expect(check([], all[0]!, ERROR)).toBe(true);
    expect(check([own], all[0]!)).toBe(true);
    expect(check([own], all[0]!, { ...ERROR, code: 'custom', message: 'thread_id' })).toBe(true);
  });
});
