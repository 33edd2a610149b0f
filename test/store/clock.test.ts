import { timeText } from '../../src/store';

it('tells the time in UTC', () => {
  expect(Math.abs(Date.parse(timeText()) - Date.now())).toBeLessThan(1_000);
  expect(timeText().endsWith('Z')).toBe(true);
});

it('tells that of a clock, each time anew', () => {
  const clock = (ms: number) => () => ms;
  expect(timeText(clock(0))).toBe('1970-01-01T00:00:00.000Z');
  expect(timeText(clock(0))).toBe('1970-01-01T00:00:00.000Z');
  expect(timeText(clock(1))).toBe('1970-01-01T00:00:00.001Z');
});
