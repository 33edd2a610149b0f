import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { FormBoolean, FormDate, FormList, FormNumber, FormText } from '../../src/decorators';

class Guest {
  @IsString() name!: string;
  @FormNumber() @IsInt() age!: number;
}

class Values {
  @FormText() text: unknown;
  @FormNumber() number: unknown;
  @FormBoolean() flag: unknown;
  @FormDate() date: unknown;
  @FormList() list: unknown;
  @FormList(() => Number) numbers: unknown;
  @FormList(() => String) texts: unknown;
  @FormList(() => Guest) @ValidateNested({ each: true }) guests: unknown;
}

const made = (plain: Partial<Values>): Values => plainToInstance(Values, plain);

describe.each(['text', 'number', 'flag', 'date'] as const)('%s', (field) => {
  test.each([[''], ['  ']])('%j, as a cleared control sends, is undefined', (value) => {
    expect(made({ [field]: value })).toEqual({ [field]: undefined });
  });

  test.each([[null], [[]], [{ a: 1 }]])('%j stays as it is', (value) => {
    expect(made({ [field]: value })[field]).toEqual(value);
  });
});

test('a field that does not come keeps what the class gives it', () => {
  class Order {
    @FormNumber() count = 1;
  }
  expect(plainToInstance(Order, {})).toEqual({ count: 1 });
});

describe('FormText', () => {
  test('takes the spaces around it away', () => {
    expect(made({ text: ' Ada  Lovelace ' }).text).toBe('Ada  Lovelace');
    expect(made({ text: 1 }).text).toBe(1);
  });
});

describe('FormNumber', () => {
  test.each([
    ['3', 3],
    [' -1.5 ', -1.5],
    ['+.5', 0.5],
    ['1e3', 1000],
    ['0', 0],
    ['007', 7],
    [4, 4],
    ['9007199254740991', 9007199254740991],
  ])('%j is %p', (value, number) => {
    expect(made({ number: value }).number).toBe(number);
  });

  test.each([
    ['abc'],
    ['1,5'],
    ['0x10'],
    ['Infinity'],
    ['NaN'],
    ['1e999'],
    ['9007199254740993'],
    ['1 2'],
    [true],
  ])('%j stays, for the validator to name', (value) => {
    expect(made({ number: value }).number).toBe(value);
  });

  test('takes no longer for long text than reading it', () => {
    const started = performance.now();
    for (const end of ['', 'x', 'e', '.', '.x']) made({ number: '1'.repeat(500_000) + end });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('makes of every number that was written the same number', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.maxSafeInteger(),
          fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
        ),
        (n) => {
          expect(made({ number: String(n) }).number).toBe(n === 0 ? 0 : n);
        },
      ),
    );
  });

  test('makes of any text a finite number, undefined, or leaves it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { number } = made({ number: text });
        expect(number === text || Number.isFinite(number) || text.trim() === '').toBe(true);
      }),
    );
  });
});

describe('FormBoolean', () => {
  test.each([
    ['true', true],
    [' false ', false],
    [true, true],
    [false, false],
    ['yes', 'yes'],
    ['TRUE', 'TRUE'],
    [1, 1],
  ])('%j is %p', (value, flag) => {
    expect(made({ flag: value }).flag).toBe(flag);
  });
});

describe('FormDate', () => {
  test.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T10:20:30.5Z', '2026-03-01T10:20:30.500Z'],
    ['2026-03-01T10:20+02:00', '2026-03-01T08:20:00.000Z'],
    ['2026-03-01T10:20', '2026-03-01T10:20:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%j is %s', (value, iso) => {
    const { date } = made({ date: value });
    expect(date).toBeInstanceOf(Date);
    expect((date as Date).toISOString()).toBe(iso);
  });

  test.each([['2026-02-30'], ['2026-13-01'], ['2026-03-01T25:00'], ['tomorrow'], ['2026'], ['1'], [1]])(
    '%j stays, for the validator to name',
    (value) => {
      expect(made({ date: value }).date).toBe(value);
    },
  );
});

describe('FormList', () => {
  test('makes a list of an object whose keys are places, in their order', () => {
    expect(made({ list: { 10: 'c', 2: 'b', 0: 'a' } }).list).toEqual(['a', 'b', 'c']);
    expect(made({ list: {} }).list).toEqual([]);
  });

  test('keeps a list, and what is no list', () => {
    expect(made({ list: ['a', ''] }).list).toEqual(['a', '']);
    for (const list of ['a', null, { 0: 'a', b: 1 }, { '-1': 'a' }, { '9999999999': 'a' }]) {
      expect(made({ list }).list).toEqual(list);
    }
  });

  test('converts entries of text', () => {
    expect(made({ numbers: { 0: '1', 1: 'x', 2: '' } }).numbers).toEqual([1, 'x', undefined]);
    expect(made({ numbers: ['1', 2] }).numbers).toEqual([1, 2]);
    expect(made({ texts: { 0: ' a ' } }).texts).toEqual(['a']);
  });

  test('makes instances, with what their own fields ask for', () => {
    const expected = [
      { name: 'Ada', age: 36 },
      { name: 'Bob', age: 'x' },
    ];
    for (const guests of [
      { 0: { name: 'Ada', age: '36' }, 1: { name: 'Bob', age: 'x' } },
      [
        { name: 'Ada', age: '36' },
        { name: 'Bob', age: 'x' },
      ],
    ]) {
      const list = made({ guests }).guests as Guest[];
      expect(list).toEqual(expected);
      expect(list.every((guest) => guest instanceof Guest)).toBe(true);
    }
  });
});
