import 'reflect-metadata';
import { Exclude, Expose, plainToInstance, Transform, Type, type ClassConstructor } from 'class-transformer';
import * as cv from 'class-validator';
import fc from 'fast-check';
import { readDto } from '../../../src/execution/dto';
import { MAX_ISSUES } from '../../../src/errors';
import type { Class } from '../../../src/metadata';

/*
 * Payloads are not read by class-transformer and class-validator, but by their decorators. Where the
 * two libraries judge what came, both must say the same.
 */

type Json = Record<string, unknown>;

/** What the two libraries make of a payload, and what they find. */
function byLibraries(type: Class, payload: Json): { value: object; issues: string[] } {
  const value = plainToInstance(
    type as ClassConstructor<object>,
    JSON.parse(JSON.stringify(payload)) as Json,
  );
  const errors = cv.validateSync(value, { whitelist: true, forbidUnknownValues: true });
  const issues: string[] = [];
  const told = new Set<string>();
  const collect = (list: readonly cv.ValidationError[], parent: string): void => {
    for (const { property, constraints = {}, children = [] } of list) {
      for (const [name, message] of Object.entries(constraints)) {
        const where = `${parent}${property}`;
        // What two validators say alike of a field, ours says once.
        if (!told.has(`${where}: ${message}`)) issues.push(`${where} ${name}: ${message}`);
        told.add(`${where}: ${message}`);
      }
      collect(children, `${parent}${property}.`);
    }
  };
  collect(errors, '');
  return { value, issues };
}

function byUs(type: Class, payload: Json): { value: object; issues: string[] } {
  const reading = readDto(type, payload, { unknownFields: 'drop', now: true });
  if (reading instanceof Promise) throw new Error('Nothing here is asynchronous.');
  const issues = reading.issues.map(({ path, constraint, message }) => {
    // Ours have the payload's names in paths.
    return `${path === 'other' ? 'field' : path} ${constraint}: ${message}`;
  });
  return { value: reading.value, issues };
}

function expectSame(type: Class, payload: Json): void {
  const before = structuredClone(payload);
  const ours = byUs(type, payload);
  const theirs = byLibraries(type, payload);
  expect(ours.issues).toEqual(theirs.issues.slice(0, MAX_ISSUES));
  if (ours.issues.length === 0) expect(ours.value).toEqual(theirs.value);
  expect(payload).toEqual(before);
}

enum Colour {
  red = 'red',
  blue = 'blue',
}

const own = { message: '$property of $target is $value, not $constraint1' };

/** Rules of each sort: with constraints, conditions, messages, for each of several. */
const RULES: Readonly<Record<string, () => PropertyDecorator>> = {
  Allow: () => cv.Allow(),
  IsDefined: () => cv.IsDefined(),
  IsOptional: () => cv.IsOptional(),
  ValidateIf: () => cv.ValidateIf((_, value) => typeof value !== 'boolean'),
  Equals: () => cv.Equals('red'),
  IsNotEmpty: () => cv.IsNotEmpty(own),
  IsIn: () => cv.IsIn(['red', 2, true]),
  IsBoolean: () => cv.IsBoolean(),
  IsString: () => cv.IsString(own),
  IsNumber: () => cv.IsNumber(),
  IsInt: () => cv.IsInt({ message: ({ value, property }) => `${property} is ${typeof value}` }),
  IsArray: () => cv.IsArray(),
  IsObject: () => cv.IsObject(),
  IsEnum: () => cv.IsEnum(Colour),
  Min: () => cv.Min(-1),
  Max: () => cv.Max(2, own),
  Length: () => cv.Length(1, 4),
  Matches: () => cv.Matches(/^r/),
  IsAlpha: () => cv.IsAlpha(),
  IsEmail: () => cv.IsEmail({}, { validateIf: (_, value) => value !== 5 }),
  ArrayNotEmpty: () => cv.ArrayNotEmpty(),
  ArrayUnique: () => cv.ArrayUnique(),
};
const RULES_OF_EACH: Readonly<Record<string, () => PropertyDecorator>> = {
  IsString: () => cv.IsString({ each: true }),
  IsInt: () => cv.IsInt({ each: true, ...own }),
  Length: () => cv.Length(1, 3, { each: true }),
  IsIn: () => cv.IsIn(['red', 2], { each: true }),
};

const scalar = fc.oneof(
  fc.constantFrom('', 'r', 'red', 'a.b', '1', 'long text', 'ada@example.com'),
  fc.integer({ min: -4, max: 12 }),
  fc.boolean(),
  fc.constant(null),
);
const list = fc.array(scalar, { maxLength: 3 });
const anything = fc.oneof(scalar, list, fc.constantFrom({}, { a: [{ b: null }] }, [[]], [{ c: 1 }]));

const CHANGES: Readonly<Record<string, () => PropertyDecorator>> = {
  renamed: () => Expose({ name: 'other' }),
  exposed: () => Expose(),
  'exposed for output': () => Expose({ name: 'shown', toPlainOnly: true }),
  excluded: () => Exclude(),
  'excluded from output': () => Exclude({ toPlainOnly: true }),
  transformed: () => Transform(({ value }: { value: unknown }) => (value === 'red' ? 'blue' : value)),
  'transformed by its neighbour': () =>
    Transform(({ value, obj }: { value: unknown; obj: Json }) => obj['more'] ?? value),
  'transformed for output': () => Transform(() => 'never', { toPlainOnly: true }),
  'transformed for a group': () => Transform(() => 'never', { groups: ['g'] }),
};

function dtoOf(changes: readonly string[], rules: readonly (() => PropertyDecorator)[]): Class {
  class Dto {
    field: unknown;
    more: unknown;
  }
  for (const rule of rules) rule()(Dto.prototype, 'field');
  for (const change of changes) CHANGES[change]!()(Dto.prototype, 'field');
  cv.IsOptional()(Dto.prototype, 'more');
  return Dto;
}

const changes = fc.uniqueArray(fc.constantFrom(...Object.keys(CHANGES)), { maxLength: 2 });
const rulesOf = (all: typeof RULES): fc.Arbitrary<(() => PropertyDecorator)[]> =>
  fc.uniqueArray(fc.constantFrom(...Object.values(all)), { minLength: 1, maxLength: 4 });

test('rules and names mean what they mean to the libraries', () => {
  const payload = fc.record(
    { field: anything, other: anything, more: scalar, unknown: anything },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(changes, rulesOf(RULES), payload, (names, rules, one) => {
      expectSame(dtoOf(names, rules), one);
    }),
    { numRuns: 800 },
  );
});

test('so do rules for each of several, where there are several', () => {
  const payload = fc.record({ field: list, more: scalar }, { requiredKeys: [] });
  fc.assert(
    fc.property(rulesOf(RULES_OF_EACH), payload, (rules, one) => {
      expectSame(dtoOf([], rules), one);
    }),
    { numRuns: 500 },
  );
});

class Street {
  @cv.IsString() @cv.IsNotEmpty() name!: string;
  tell(): string {
    return this.name;
  }
}
class Line {
  @cv.IsInt() count!: number;
  @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Line) parts?: Line[];
}
class Circle {
  @cv.IsInt() radius!: number;
}
class Square {
  @cv.IsInt() side!: number;
}
class Order extends Street {
  @cv.IsOptional() @cv.ValidateNested() @Type(() => Street) street?: Street;
  @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Line) lines?: Line[];
  @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Street) set?: Set<Street>;
  @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Street) map?: Map<string, Street>;
  @cv.IsOptional()
  @cv.ValidateNested()
  @Type(() => Object, {
    discriminator: {
      property: 'kind',
      subTypes: [
        { name: 'circle', value: Circle },
        { name: 'square', value: Square },
      ],
    },
  })
  shape?: Circle | Square;
  @cv.IsOptional() @cv.IsObject() @Type(() => Circle) loose?: Circle;
  @cv.IsOptional() @cv.IsDate() @Type(() => Date) date?: Date;
  @cv.IsOptional() @cv.IsNumber() @Type(() => Number) number?: number;
}

const name = fc.constantFrom<unknown>('Main', '', 1, null);
const street = fc.record({ name, tell: fc.constant('x'), other: scalar }, { requiredKeys: [] });
const lineOf = (part: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.record(
    { count: fc.constantFrom<unknown>(1, 'x'), parts: fc.array(part, { maxLength: 2 }) },
    { requiredKeys: ['count'] },
  );
const line = lineOf(lineOf(fc.constantFrom({ count: 1 }, {})));

test('so do objects in objects', () => {
  const order = fc.record(
    {
      name,
      street,
      lines: fc.array(line, { maxLength: 3 }),
      set: fc.array(street, { maxLength: 3 }),
      map: fc.dictionary(fc.constantFrom('a', 'b'), street),
      shape: fc.record({ kind: fc.constantFrom('circle', 'square'), radius: scalar, side: scalar }),
      loose: fc.record({ radius: scalar, more: anything }),
      date: fc.constantFrom('2026-03-01', '2026-03-01T10:00:00Z', 5, null),
      number: fc.constantFrom('1', 1, 'x', null),
      tell: fc.constant('x'),
    },
    { requiredKeys: ['name'] },
  );
  fc.assert(
    fc.property(order, (payload) => expectSame(Order, payload)),
    { numRuns: 400 },
  );
});
