import fc from 'fast-check';
import {
  assertEffect,
  assertHiddenContext,
  assertReplaced,
  assertSaid,
  chatMatchers,
  testChat,
  type ChatResult,
} from '../../src/testing';
import { fits } from '../../src/testing/matchers/fits';
import { list, selectItem, Shop, signing } from './shop';

expect.extend(chatMatchers);

let hello: ChatResult;
let selected: ChatResult;
let failed: ChatResult;
beforeAll(async () => {
  const chat = testChat({ controllers: [new Shop()], signing, ids: 'counted' });
  hello = await chat.send('hello');
  selected = await chat.action(selectItem, { id: 'b' });
  const printed = jest.spyOn(console, 'error').mockReturnValue(undefined);
  failed = await chat.send('throw');
  printed.mockRestore();
});

const messageOf = (claim: () => void): string => {
  try {
    claim();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It did not fail.');
};

it('claim what was said, replaced, sent and stored', () => {
  expect(selected).toHaveSaid('Selected b.');
  expect(selected).toHaveSaid(/^Selected/);
  expect(selected).toHaveSaid((text) => text.length === 11);
  expect(selected).toHaveReplaced();
  expect(selected).toHaveReplaced(hello.widgets[0]);
  expect(selected).toHaveReplaced({ type: 'ListView', title: 'Item a' }, list('b'));
  expect(selected).toHaveEffect('selection_mode');
  expect(selected).toHaveEffect('selection_mode', { itemId: expect.stringContaining('b') });
  expect(selected).toHaveHiddenContext();
  expect(selected).toHaveHiddenContext('<SELECTED>b</SELECTED>');
  expect(selected).toHaveHiddenContext(/SELECTED/);
});

it('claim what was not', () => {
  expect(hello).not.toHaveSaid('Selected b.');
  expect(hello).not.toHaveReplaced();
  expect(selected).not.toHaveReplaced({ id: 'wgt_9' });
  expect(selected).not.toHaveReplaced({ title: 'Item c' });
  expect(selected).not.toHaveReplaced(hello.widgets[0], list('a'));
  expect(hello).not.toHaveEffect('selection_mode');
  expect(selected).not.toHaveEffect('selection_mode', { itemId: 'a' });
  expect(hello).not.toHaveHiddenContext();
  expect(selected).not.toHaveHiddenContext('b');
});

it('show what did happen when they fail', () => {
  expect(messageOf(() => expect(selected).toHaveSaid('Bye'))).toBe(
    'The run has not said "Bye".\nThere was this message of the assistant:\n  - "Selected b."',
  );
  expect(messageOf(() => expect(hello).toHaveReplaced(hello.widgets[0]))).toBe(
    'The run has not replaced the item wgt_1.\nThere was no replaced item.',
  );
  expect(messageOf(() => expect(selected).toHaveReplaced({ type: 'Card' }, { type: 'Card' }))).toMatch(
    /^The run has not replaced a widget of the kind \{"type":"Card"\} by \{"type":"Card"\}\.\nThere was this replaced item:\n {2}- wgt_1: ListView “Item a” \{"type":"ListView"/,
  );
  expect(messageOf(() => expect(selected).toHaveEffect('selection', { a: 1 }))).toBe(
    'The run has not sent the client effect "selection" with {"a":1}.\nThere was this client effect:\n  - selection_mode {"itemId":"b"}',
  );
  expect(messageOf(() => expect(selected).toHaveHiddenContext(/x/))).toBe(
    'The run has not stored the hidden context /x/.\nThere was this hidden context:\n  - "<SELECTED>b</SELECTED>"',
  );
  expect(messageOf(() => expect(selected).not.toHaveSaid('Selected b.'))).toContain(
    'The run has said "Selected b.", but should not have.',
  );
});

it('tell of the error that ended the run, and of what the app logged', () => {
  const message = messageOf(() => expect(failed).toHaveSaid('hello'));
  expect(message).toContain(
    'There was no message of the assistant.\nThe run ended with the error "stream.error"',
  );
  expect(message).toContain('TypeError: secret reason');
});

it('take results, and say so', () => {
  expect(() => expect(Promise.resolve(hello)).toHaveSaid('x')).toThrow('this is a promise: await it.');
  expect(() => expect('text').not.toHaveEffect('x')).toThrow('this is a value of type string.');
});

it('are plain assertions as well, with the same messages', () => {
  assertSaid(selected, 'Selected b.');
  assertReplaced(selected, hello.widgets[0], { type: 'ListView' });
  assertEffect(selected, 'selection_mode', { itemId: 'b' });
  assertHiddenContext(selected, /SELECTED/);
  expect(() => assertSaid(selected, 'Bye')).toThrow('The run has not said "Bye".\nThere was this message');
  expect(() => assertReplaced(hello)).toThrow('The run has not replaced an item.');
  expect(() => assertEffect(hello, 'x')).toThrow('The run has not sent the client effect "x".');
  expect(() => assertHiddenContext(hello)).toThrow('The run has not stored hidden context.');
  expect(() => assertSaid(selected, 'Bye')).toThrow(expect.objectContaining({ name: 'AssertionError' }));
});

describe('what fits', () => {
  it('is what is equal', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => fits(value, structuredClone(value))));
  });

  it('is an object with more fields, and not one with fewer', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer(), { minKeys: 1 }), fc.integer(), (fields, extra) => {
        const more = { ...fields, 'one more': extra };
        return fits(more, fields) && ('one more' in fields || !fits(fields, more));
      }),
    );
  });

  it('is no list of another length', () => {
    expect(fits([1, 2], [1])).toBe(false);
    expect(fits([1], [1, 2])).toBe(false);
    expect(fits({ a: [1, { b: 2, c: 3 }] }, { a: [1, { b: 2 }] })).toBe(true);
    expect(fits(null, {})).toBe(false);
  });
});
