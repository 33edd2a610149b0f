import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { FormList } from '../../../src/decorators';
import type { Class } from '../../../src/metadata';
import { issues, made } from './support';

class Guest {
  @IsString() name!: string;
}
const ada = { name: 'Ada' };

const nested = (options?: { each: boolean }): PropertyDecorator[] => [
  ValidateNested(options),
  Type(() => Guest),
];

/** A class as esbuild and tsx leave it: its decorators have run, and no types were emitted. */
function withoutTypes(...decorators: readonly PropertyDecorator[]): Class {
  class Dto {
    field: unknown;
  }
  for (const decorate of decorators) decorate(Dto.prototype, 'field');
  return Dto;
}

describe('without emitted types', () => {
  test('@ValidateNested is about one object', async () => {
    const type = withoutTypes(...nested());
    expect(await issues(type, { field: [ada] })).toEqual(['field: field must be an object']);
    expect(await issues(type, { field: null })).toEqual(['field: field must be an object']);
    expect(await issues(type, { field: ada })).toEqual([]);
  });

  test.each([
    ['{ each: true }', nested({ each: true })],
    ['@IsArray', [...nested(), IsArray()]],
    ['@ArrayMaxSize', [...nested(), ArrayMaxSize(3)]],
    ['@FormList', [ValidateNested(), FormList(() => Guest)]],
  ])('%s says that there are several', async (_title, decorators) => {
    const type = withoutTypes(...decorators);
    expect(await issues(type, { field: ada })).toContain('field: field must be an array');
    expect(await issues(type, { field: [ada, ada] })).toEqual([]);
  });

  test('{ each: true } of a plain rule is about a list', async () => {
    const type = withoutTypes(IsString({ each: true }));
    expect(await issues(type, { field: 'x' })).toEqual(['field: field must be an array']);
    expect(await issues(type, { field: { length: 1 } })).toEqual(['field: field must be an array']);
    expect(await issues(type, { field: ['x'] })).toEqual([]);
    expect(await issues(type, { field: ['x', 1] })).toEqual(['field: each value in field must be a string']);
  });
});

describe('with emitted types', () => {
  class Sorts {
    @IsOptional() @ValidateNested() @Type(() => Guest) list?: Guest[];
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Guest) set?: Set<Guest>;
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Guest) map?: Map<string, Guest>;
    @IsOptional() @ValidateNested() @Type(() => Guest) union?: Guest | null;
    @IsOptional() @IsString({ each: true }) texts?: string[];
    @IsOptional() @IsString({ each: true }) either?: string | string[];
    @IsOptional() @IsInt({ each: true }) @Type(() => Number) numbers?: Map<string, number>;
    @IsOptional() @IsInt({ each: true }) @Type(() => Number) ids?: Set<number>;
  }

  test.each([
    ['list', ada, 'an array'],
    ['set', ada, 'an array'],
    ['map', [ada], 'an object'],
    ['map', 'Ada', 'an object'],
    ['union', [ada], 'an object'],
    ['texts', 'x', 'an array'],
    ['numbers', [1], 'an object'],
    ['numbers', 1, 'an object'],
    ['ids', { a: 1 }, 'an array'],
  ])('%s is not %j', async (field, value, wanted) => {
    expect(await issues(Sorts, { [field]: value })).toEqual([`${field}: ${field} must be ${wanted}`]);
  });

  test('each gets what its type says', async () => {
    const sorts = await made(Sorts, {
      list: [ada],
      set: [ada],
      map: { size: ada },
      union: ada,
      texts: ['x'],
      either: 'x',
      numbers: { get: 1 },
      ids: [1, 1],
    });
    expect(sorts.list?.[0]).toBeInstanceOf(Guest);
    expect([...(sorts.set ?? [])][0]).toBeInstanceOf(Guest);
    expect(sorts.map).toEqual(new Map([['size', Object.assign(new Guest(), ada)]]));
    expect(sorts.map?.get('size')).toBeInstanceOf(Guest);
    expect(sorts.numbers).toEqual(new Map([['get', 1]]));
    expect(sorts.ids).toEqual(new Set([1]));
  });

  test.each([
    ['list', [ada, 5]],
    ['set', [ada, [ada]]],
    ['list', [ada, null]],
  ])('entries of a %s are objects: %j', async (field, value) => {
    expect(await issues(Sorts, { [field]: value })).toEqual([
      `${field}.1: each value in ${field} must be an object`,
    ]);
  });

  test('entries of a map are objects', async () => {
    expect(await issues(Sorts, { map: { a: ada, b: [ada] } })).toEqual([
      'map.b: each value in map must be an object',
    ]);
    expect(await issues(Sorts, { map: { a: {} } })).toEqual(['map.a.name: name must be a string']);
  });
});

test('lists of lists are told by @IsArray({ each: true })', async () => {
  class Grid {
    @IsArray({ each: true }) @ValidateNested({ each: true }) @Type(() => Guest) rows!: Guest[][];
  }
  expect((await made(Grid, { rows: [[ada], []] })).rows[0]?.[0]).toBeInstanceOf(Guest);
  expect(await issues(Grid, { rows: [[ada, { name: 1 }]] })).toEqual([
    'rows.0.1.name: name must be a string',
  ]);
  expect(await issues(Grid, { rows: [ada] })).toEqual([
    'rows: each value in rows must be an array',
    'rows.0: each value in rows must be an array',
  ]);
  expect(await issues(Grid, { rows: [[[ada]]] })).toEqual(['rows.0.0: each value in rows must be an object']);
});

test('a message of @ValidateNested stays the one that was given', async () => {
  class Booking {
    @ValidateNested({ message: 'say who $property is' }) @Type(() => Guest) guest!: Guest;
  }
  expect(await issues(Booking, { guest: [] })).toEqual(['guest: say who guest is']);
});

test('what a form leaves out is no problem of its shape', async () => {
  class Form {
    @ValidateNested() @Type(() => Guest) guest!: Guest;
    @IsOptional() @IsString({ each: true }) tags?: string[];
  }
  expect(await issues(Form, {})).toEqual([]);
  expect(await issues(Form, { tags: null })).toEqual([]);
});
