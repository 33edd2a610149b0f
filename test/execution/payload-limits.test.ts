import { checkLimits } from '../../src/execution/payload-limits';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

test.each(['constructor', 'prototype'])('a key "%s" passes where nothing reaches a prototype', (key) => {
  expect(() => checkLimits({ [key]: 1 }, false)).not.toThrow();
  expect(() => checkLimits({ [key]: 1 }, true)).toThrow(expect.objectContaining({ code: 'forbidden_key' }));
});

test('a payload is nested 64 levels deep at most', () => {
  expect(() => checkLimits(nested(64), true)).not.toThrow();
  expect(() => checkLimits(nested(70), true)).toThrow(expect.objectContaining({ code: 'payload_too_large' }));
});
