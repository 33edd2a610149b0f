import 'reflect-metadata';
import { Expose, Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  MinLength,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import fc from 'fast-check';
import { plainReading, readDto } from '../../../src/execution/dto';
import type { Class } from '../../../src/metadata';

const NAMES = ['a', 'b', 'c'];

const PLAIN: Readonly<Record<string, () => PropertyDecorator>> = {
  IsString: () => IsString(),
  Length: () => Length(1, 4),
  MinLength: () => MinLength(2, { message: 'too short' }),
  IsInt: () => IsInt(),
  IsNumber: () => IsNumber(),
  Min: () => Min(0),
  Max: () => Max(10),
  IsBoolean: () => IsBoolean(),
  IsIn: () => IsIn(['x', 1, true]),
  IsEmail: () => IsEmail(),
  Matches: () => Matches(/^[a-z]+$/),
  IsUUID: () => IsUUID(),
};

class Inner {
  @IsString() x!: string;
}

/** What a class with one of these is too much for. */
const NOT_PLAIN: Readonly<Record<string, () => PropertyDecorator>> = {
  IsOptional: () => IsOptional(),
  ValidateIf: () => ValidateIf(() => false),
  each: () => IsString({ each: true }),
  Type: () => Type(() => Number),
  Transform: () => Transform(({ value }) => value as unknown),
  Expose: () => Expose({ name: 'z' }),
  ValidateNested: () => (target, property) => {
    Type(() => Inner)(target, property);
    ValidateNested()(target, property);
  },
  own: () => (target, property) => {
    registerDecorator({
      name: 'own',
      target: target.constructor,
      propertyName: String(property),
      validator: { validate: () => true },
    });
  },
};

const all = { ...PLAIN, ...NOT_PLAIN };
type Shape = Readonly<Record<string, readonly string[]>>;

function classOf(shape: Shape, withDefaults: boolean): Class {
  class Dto {
    [key: string]: unknown;
    constructor() {
      if (withDefaults) this['b'] = 'default';
    }
  }
  for (const [name, decorators] of Object.entries(shape)) {
    for (const decorator of decorators) all[decorator]!()(Dto.prototype, name);
  }
  return Dto;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>('', 'abcde', 'ann@example.com', -1, 11, 0.5, false, null),
  fc.string(),
  fc.constantFrom<unknown>({}, [], ['x'], { x: 'y' }),
);
const value = fc.oneof({ weight: 6, arbitrary: fc.constantFrom<unknown>('x', 'ab', 1, 7, true) }, odd);
const anyPayload = fc.dictionary(fc.constantFrom(...NAMES, 'z', 'extra'), value, { noNullPrototype: true });
/** In most cases exactly what the class names. */
const payloadOf = (shape: Shape) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record(Object.fromEntries(Object.keys(shape).map((name) => [name, value]))) },
    anyPayload,
  );
/** Decorators that may be met together, and others. */
const GROUPS = [
  ['IsString', 'Length', 'MinLength', 'Matches'],
  ['IsInt', 'IsNumber', 'Min', 'Max'],
  ['IsBoolean'],
  ['IsIn'],
];
const shapeOf = (...groups: readonly (readonly string[])[]) =>
  fc.dictionary(
    fc.constantFrom(...NAMES),
    fc
      .constantFrom(...groups)
      .chain((names) => fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 })),
    { minKeys: 1, noNullPrototype: true },
  );

test('what the short way makes of a payload is what the long way makes of it, and in order', () => {
  let made = 0;
  fc.assert(
    fc.property(
      fc
        .oneof({ weight: 4, arbitrary: shapeOf(...GROUPS) }, shapeOf(Object.keys(PLAIN), Object.keys(all)))
        .chain((shape) => fc.tuple(fc.constant(shape), fc.array(payloadOf(shape), { maxLength: 20 }))),
      fc.boolean(),
      fc.constantFrom('drop', 'refuse', 'keep'),
      ([shape, payloads], withDefaults, unknownFields) => {
        const type = classOf(shape, withDefaults);
        const plain = plainReading(type);
        for (const each of payloads) {
          const short = plain(each);
          if (short === undefined) continue;
          made += 1;
          const long = readDto(type, each, { unknownFields, now: false });
          if (long instanceof Promise) throw new Error('The long way waits for something.');
          expect([long.issues, long.dropped]).toEqual([[], []]);
          expect(short).toBeInstanceOf(type);
          expect(Object.entries(short)).toEqual(Object.entries(long.value));
        }
      },
    ),
    { numRuns: 1_000 },
  );
  expect(made).toBeGreaterThan(50);
});

test.each(Object.keys(NOT_PLAIN))('a class with %s goes the long way', (decorator) => {
  const plain = plainReading(classOf({ a: ['IsString'], b: [decorator] }, false));
  expect(plain({ a: 'x', b: 'y' })).toBeUndefined();
  expect(plainReading(classOf({ a: ['IsString'] }, false))({ a: 'x' })).toEqual({ a: 'x' });
});

test('so does a payload that lacks a field, or has another', () => {
  const plain = plainReading(classOf({ a: ['IsString'], b: ['IsInt'] }, false));
  for (const given of [
    {},
    { a: 'x' },
    { a: 'x', b: 1, c: 1 },
    { a: 'x', c: 1 },
    null,
    'x',
    ['x', 1],
    undefined,
  ]) {
    expect(plain(given)).toBeUndefined();
  }
  expect(plain({ b: 1, a: 'x'.repeat(1_000_001) })).toBeUndefined();
  expect(plain(JSON.parse('{"a":"x","__proto__":1}'))).toBeUndefined();
  expect(plain({ b: 1, a: 'x' })).toEqual({ b: 1, a: 'x' });
});
