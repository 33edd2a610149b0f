import fc from 'fast-check';

import { fromJsonb, toJsonb } from '../../../src/stores/postgres/jsonb-text';

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\0', '\\', '\ufdd0', 'u', '0000', 'd800', '\ud800', '\udfff', '\\u0000', '"'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  ),
});
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    anyText,
    fc.constantFrom(null, true, 0, -1.5),
    fc.array(tie('value')),
    fc.dictionary(anyText, tie('value'), { noNullPrototype: true }),
  ),
})).value;

test('what jsonb keeps is well-formed text without NUL, and gives every value back', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const text = toJsonb(value);
      const parsed = JSON.stringify(JSON.parse(text));
      expect(parsed).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/);
      expect(JSON.stringify(fromJsonb(text))).toBe(JSON.stringify(value));
      expect(JSON.stringify(fromJsonb(parsed))).toBe(JSON.stringify(value));
    }),
    { numRuns: 2000 },
  );
});
