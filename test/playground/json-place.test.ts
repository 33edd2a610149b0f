import fc from 'fast-check';
import { placeOfError } from '../../playground/src/editor/json-place';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the place where a text stops being JSON', () => {
  test.each([
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['[1, 2', 5],
    ['{"a": [}', 7],
    ['{a: 1}', 1],
    ["{'a': 1}", 1],
    ['', 0],
    ['[01]', 2],
    ['[tru]', 1],
    ['{} {}', 3],
    ['{"a":"b\nc"}', 5],
    ['[1,\n  nope]', 6],
    ['{"a": 1]', 7],
  ])('of %j is %d', (text, place) => {
    expect(placeOfError(text)).toBe(place);
  });

  test('is nowhere in JSON, and somewhere in all other text', () => {
    const nearly = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', '0', ':', ' ', '\\', '\n', 'e', '-'),
      )
      .map(([text, at, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(nearly, fc.json(), fc.string()), (text) => {
        const place = placeOfError(text);
        expect(place === undefined).toBe(isJson(text));
        expect(place ?? 0).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
