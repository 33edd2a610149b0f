import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as cv from 'class-validator';
import fc from 'fast-check';
import type { Class } from '../../src/metadata';
import { compiled, judge } from './support';

enum Colour {
  red = 'red',
  blue = 'blue',
}
enum Size {
  small = 1,
  large,
}

/** Every rule whose whole meaning has words in JSON Schema. */
const RULES: Readonly<Record<string, () => PropertyDecorator>> = {
  Allow: () => cv.Allow(),
  IsDefined: () => cv.IsDefined(),
  IsOptional: () => cv.IsOptional(),
  Equals: () => cv.Equals('red'),
  NotEquals: () => cv.NotEquals('red'),
  IsEmpty: () => cv.IsEmpty(),
  IsNotEmpty: () => cv.IsNotEmpty(),
  IsIn: () => cv.IsIn(['red', 2, true]),
  IsNotIn: () => cv.IsNotIn(['red', 2, null]),
  IsBoolean: () => cv.IsBoolean(),
  IsString: () => cv.IsString(),
  IsNumber: () => cv.IsNumber(),
  IsInt: () => cv.IsInt(),
  IsArray: () => cv.IsArray(),
  IsObject: () => cv.IsObject(),
  IsEnum: () => cv.IsEnum(Colour),
  'IsEnum of numbers': () => cv.IsEnum(Size),
  IsPositive: () => cv.IsPositive(),
  IsNegative: () => cv.IsNegative(),
  Min: () => cv.Min(-1),
  'Min of 2': () => cv.Min(2),
  Max: () => cv.Max(2),
  'Max of 9': () => cv.Max(9),
  IsDivisibleBy: () => cv.IsDivisibleBy(2),
  Length: () => cv.Length(1, 4),
  MinLength: () => cv.MinLength(3),
  MaxLength: () => cv.MaxLength(3),
  Contains: () => cv.Contains('.'),
  NotContains: () => cv.NotContains('.'),
  Matches: () => cv.Matches(/^r/),
  'Matches with its modifiers': () => cv.Matches('^[a-z.]+$', 'g'),
  IsAlpha: () => cv.IsAlpha(),
  IsAlphanumeric: () => cv.IsAlphanumeric(),
  IsAscii: () => cv.IsAscii(),
  IsBooleanString: () => cv.IsBooleanString(),
  IsNumberString: () => cv.IsNumberString(),
  IsHexColor: () => cv.IsHexColor(),
  IsMilitaryTime: () => cv.IsMilitaryTime(),
  IsMongoId: () => cv.IsMongoId(),
  IsNotEmptyObject: () => cv.IsNotEmptyObject({ nullable: true }),
  ArrayContains: () => cv.ArrayContains(['red']),
  ArrayNotContains: () => cv.ArrayNotContains(['red']),
  ArrayNotEmpty: () => cv.ArrayNotEmpty(),
  ArrayMinSize: () => cv.ArrayMinSize(2),
  ArrayMaxSize: () => cv.ArrayMaxSize(2),
  ArrayUnique: () => cv.ArrayUnique(),
};

const text = fc.constantFrom(
  '',
  'r',
  'red',
  'blue',
  'a.b',
  'ü',
  '1.5',
  '-2',
  'true',
  '#Fff',
  '23:59',
  '507f1f77bcf86cd799439011',
  'long text',
);
const scalar = fc.oneof(text, fc.integer({ min: -4, max: 12 }), fc.constantFrom(0.5, -2.5), fc.boolean());
const value = fc.oneof(
  scalar,
  fc.constant(null),
  fc.array(scalar, { maxLength: 3 }),
  fc.constantFrom({}, { x: 1 }, [null], [[]]),
);
const payload = fc.record({ field: value, other: fc.string() }, { requiredKeys: [] });
const rules = fc.uniqueArray(fc.constantFrom(...Object.keys(RULES)), { minLength: 1, maxLength: 3 });

function dtoOf(names: readonly string[]): Class {
  class Dto {
    field: unknown;
  }
  for (const name of names) RULES[name]!()(Dto.prototype, 'field');
  return Dto;
}

test('what one rule or some together accept, the schema accepts, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      rules,
      fc.array(payload, { minLength: 5, maxLength: 10 }),
      fc.constantFrom('drop' as const, 'refuse' as const, 'keep' as const),
      async (names, payloads, unknownFields) => {
        const type = dtoOf(names);
        const accepts = compiled(type, unknownFields);
        const judgement = judge(type, unknownFields);
        for (const one of payloads) {
          expect([one, accepts(one)]).toEqual([one, await judgement(structuredClone(one))]);
        }
      },
    ),
    { numRuns: 400 },
  );
});

class Street {
  @cv.IsString() @cv.IsNotEmpty() name!: string;
}
class Address {
  @cv.IsOptional() @cv.ValidateNested() @Type(() => Street) street?: Street;
}
class Line {
  @cv.IsInt() count!: number;
  @cv.ValidateNested({ each: true }) @Type(() => Line) @cv.IsArray() parts!: Line[];
}
class Order extends Address {
  @cv.Length(1, 80) title!: string;
  @cv.IsDefined() @cv.ValidateNested() @Type(() => Address) address!: Address;
  @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Line) @cv.ArrayMaxSize(2) lines?: Line[];
  @cv.IsString({ each: true }) @cv.MaxLength(3, { each: true }) @cv.IsArray() tags: string[] = [];
}

/** A payload that is right or nearly so: at each place there may be something else. */
function nearly<T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: right },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, '', 0, 'red', {}, { other: 1 }) },
  );
}
const street = nearly(fc.record({ name: nearly(fc.constantFrom('Main', 'Side')) }));
const address = nearly(fc.record({ street }, { requiredKeys: [] }));
const lineOf = (parts: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  nearly(fc.record({ count: nearly(fc.integer()), parts: nearly(fc.array(parts, { maxLength: 2 })) }));
const line = lineOf(lineOf(fc.constantFrom({ count: 1, parts: [] }, {})));
const order = fc.record(
  {
    title: nearly(fc.constantFrom('Books', 'Pens')),
    address,
    street,
    lines: nearly(fc.array(line, { maxLength: 3 })),
    tags: nearly(fc.array(nearly(fc.constantFrom('a', 'abc', 'abcd')), { maxLength: 3 })),
  },
  { requiredKeys: ['title', 'address'] },
);

test.each(['drop', 'refuse'] as const)(
  'so do objects in objects, with unknown fields: %s',
  async (unknownFields) => {
    const accepts = compiled(Order, unknownFields);
    const judgement = judge(Order, unknownFields);
    const seen = { true: 0, false: 0 };
    await fc.assert(
      fc.asyncProperty(order, async (payload) => {
        const verdict = accepts(payload);
        seen[verdict ? 'true' : 'false'] += 1;
        expect(verdict).toBe(await judgement(structuredClone(payload)));
      }),
      { numRuns: 500 },
    );
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(20);
  },
);
