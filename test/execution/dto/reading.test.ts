import 'reflect-metadata';
import { Exclude, Expose, plainToInstance, Transform, Type } from 'class-transformer';
import {
  Allow,
  IsBoolean,
  IsDate,
  IsInstance,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  MinLength,
  registerDecorator,
  ValidateNested,
  ValidatePromise,
} from 'class-validator';
import { BadRequestError } from '../../../src/errors';
import { issues, made, read } from './support';

class Guest {
  @IsString() name!: string;
  age = 18;
}

describe('what did not come', () => {
  class Search {
    @IsString() q!: string;
    page?: number;
    tags: string[] = [];
    at = Math.random();
    @IsInt() @Expose() size = 10;
    @IsOptional() @ValidateNested() @Type(() => Guest) guest?: Guest;
  }

  test.each(['drop', 'refuse', 'keep'] as const)('keeps its default: %s', async (unknownFields) => {
    const search = await made(Search, { q: 'x', guest: { name: 'Ada' } }, unknownFields);
    expect(search).toMatchObject({ q: 'x', tags: [], size: 10, guest: { name: 'Ada', age: 18 } });
    expect((await read(Search, { q: 'x' }, unknownFields)).dropped).toEqual([]);
  });

  test('is named by nobody, and what came is, at any depth', async () => {
    const payload = { q: 'x', tags: ['evil'], other: 1, guest: { name: 'Ada', age: 'old' } };
    expect(await issues(Search, payload, 'refuse')).toEqual([
      'tags: property tags should not exist',
      'other: property other should not exist',
      'guest.age: property age should not exist',
    ]);
    const reading = await read(Search, payload, 'drop');
    expect(reading.dropped).toEqual(['tags', 'other', 'guest.age']);
    expect(reading.value).toMatchObject({ tags: [], guest: { name: 'Ada', age: 18 } });
    expect(reading.value).not.toHaveProperty('other');
    expect((await read(Search, payload, 'keep')).value).toMatchObject({ tags: ['evil'], other: 1 });
  });

  test('may be made of what did', async () => {
    class Name {
      @IsString() first!: string;
      @IsString() last!: string;
      @Expose()
      @Transform(({ obj }: { obj: { first: string; last: string } }) => `${obj.first} ${obj.last}`)
      full!: string;
    }
    expect(await made(Name, { first: 'Ada', last: 'Lovelace' }, 'refuse')).toMatchObject({
      full: 'Ada Lovelace',
    });
  });

  test('counts as unknown only where nobody knows what came: in objects of the application’s making', async () => {
    class Holder {
      @ValidateNested()
      @Transform(({ value }: { value: string }) => plainToInstance(Guest, JSON.parse(value)))
      guest!: Guest;
    }
    expect((await made(Holder, { guest: '{"name":"Ada","evil":1}' })).guest).not.toHaveProperty('evil');
    expect(await issues(Holder, { guest: '{"name":"Ada","evil":1}' }, 'refuse')).toContain(
      'guest.evil: property evil should not exist',
    );
  });
});

describe('names', () => {
  class Renamed {
    @Expose({ name: 'item_id' }) @IsString() id!: string;
    @Exclude() @IsOptional() @IsBoolean() admin?: boolean;
    @IsOptional() @IsString() get label() {
      return `Item ${this.id}`;
    }
  }

  test('are those of the payload, in issues too', async () => {
    expect(await made(Renamed, { item_id: 'a', admin: true, label: 'x' }, 'refuse')).toEqual(
      Object.assign(new Renamed(), { id: 'a' }),
    );
    expect(await issues(Renamed, { item_id: 1 })).toEqual(['item_id: id must be a string']);
    expect(await issues(Renamed, { id: 'a' }, 'refuse')).toEqual([
      'id: property id should not exist',
      'item_id: id must be a string',
    ]);
  });
});

describe('objects told apart by a property', () => {
  class Dog {
    @IsInt() barks!: number;
  }
  class Cat {
    @IsInt() lives!: number;
  }
  const subTypes = [
    { name: 'dog', value: Dog },
    { name: 'cat', value: Cat },
  ];
  const kinds = { discriminator: { property: 'kind', subTypes } };
  class Owner {
    @ValidateNested() @Type(() => Object, kinds) pet!: Dog | Cat;
    @IsOptional()
    @ValidateNested({ each: true })
    @Type(() => Object, { ...kinds, keepDiscriminatorProperty: true })
    others?: (Dog | Cat)[];
  }

  test('are of their class, and the payload stays as it came', async () => {
    const payload = { pet: { kind: 'cat', lives: 9 }, others: [{ kind: 'dog', barks: 1 }] };
    const before = structuredClone(payload);
    const owner = await made(Owner, payload, 'refuse');
    expect(owner.pet).toBeInstanceOf(Cat);
    expect(owner.pet).toEqual({ lives: 9 });
    expect(owner.others?.[0]).toBeInstanceOf(Dog);
    expect(owner.others?.[0]).toEqual({ kind: 'dog', barks: 1 });
    expect(payload).toEqual(before);
  });

  test('are refused where the value is unknown, missing or no value', async () => {
    const refused = 'pet.kind: kind must be one of the following values: dog, cat';
    expect(await issues(Owner, { pet: { kind: 'fish', lives: 9 } })).toEqual([refused]);
    expect(await issues(Owner, { pet: { lives: 9 } })).toEqual([refused]);
    expect(await issues(Owner, { pet: { kind: ['cat'] } })).toEqual([refused]);
    expect(await issues(Owner, { pet: { kind: 'toString' } })).toEqual([refused]);
    expect(await issues(Owner, { pet: 'cat' })).toEqual(['pet: pet must be an object']);
  });
});

describe('conversions that @Type asks for', () => {
  class Converted {
    @IsOptional() @Type(() => Number) @IsNumber() number?: number;
    @IsOptional() @Type(() => Boolean) @IsBoolean() truth?: boolean;
    @IsOptional() @Type(() => String) @IsString() text?: string;
    @IsOptional() @Type(() => Date) @IsDate() date?: Date;
    @IsOptional() @Type(() => Number) @IsInt({ each: true }) list?: number[];
    @IsOptional() @Type(() => Buffer) @IsInstance(Buffer) bytes?: Buffer;
  }

  test.each([
    [{ number: '5' }, { number: 5 }],
    [{ number: ' -1.5 ' }, { number: -1.5 }],
    [{ truth: 'false' }, { truth: false }],
    [{ truth: true }, { truth: true }],
    [{ text: 5 }, { text: '5' }],
    [{ date: '2026-03-01' }, { date: new Date('2026-03-01') }],
    [{ date: '2026-03-01T10:00' }, { date: new Date('2026-03-01T10:00') }],
    [{ date: 5 }, { date: new Date(5) }],
    [{ list: ['1', 2] }, { list: [1, 2] }],
    [{ bytes: 'x' }, { bytes: Buffer.from('x') }],
    [{ number: null, date: null }, {}],
  ])('of %j', async (payload, expected) => {
    expect(await made(Converted, payload)).toMatchObject(expected);
  });

  test.each([
    ['number', ''],
    ['number', ' '],
    ['number', true],
    ['number', 'abc'],
    ['number', {}],
    ['truth', 'no'],
    ['truth', ''],
    ['truth', 0],
    ['truth', {}],
    ['text', {}],
    ['text', ['x']],
    ['date', true],
    ['date', ''],
    ['date', 'foo 1'],
    ['date', '2026-02-30'],
    ['date', {}],
    ['date', 9e15],
    ['list', ['1', '']],
    ['list', [[1]]],
    ['bytes', 5],
    ['bytes', { type: 'Buffer', data: [1] }],
  ])('nothing is made of %s: %j', async (field, value) => {
    expect((await read(Converted, { [field]: value })).issues).toMatchObject([{ path: field }]);
  });
});

describe('objects that are not validated', () => {
  class Point {
    x = 0;
    y = 0;
    get sum(): number {
      return this.x + this.y;
    }
  }
  class Holder {
    @IsObject() @Type(() => Point) point!: Point;
    @Allow() data: unknown;
  }

  test.each(['drop', 'refuse'] as const)('keep all that came: %s', async (unknownFields) => {
    const data = { list: [{ a: 1 }] };
    const holder = await made(Holder, { point: { x: 1, y: 2, z: 3, sum: 9 }, data }, unknownFields);
    expect(holder.point).toBeInstanceOf(Point);
    expect(holder.point).toMatchObject({ x: 1, y: 2, z: 3, sum: 3 });
    expect(holder.data).toEqual(data);
    expect(holder.data).not.toBe(data);
  });
});

describe('functions of the class', () => {
  test('that throw an error made for users are heard', async () => {
    class Refusing {
      @Transform(() => {
        throw new BadRequestError('Say it otherwise.');
      })
      @IsString()
      text!: string;
    }
    await expect(read(Refusing, { text: 'x' })).rejects.toThrow(new BadRequestError('Say it otherwise.'));
  });

  test('name each field that they throw on, deep in the payload', async () => {
    class Line {
      @Transform(({ value }: { value: string }) => value.trim()) @IsString() text!: string;
      @MinLength(2, { message: ({ value }) => (value as string).toLowerCase() }) code!: string;
    }
    class Order {
      @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
    }
    const reading = await read(Order, {
      lines: [
        { text: ' a ', code: 'ab' },
        { text: 5, code: 5 },
      ],
    });
    expect(reading.issues).toEqual([
      { path: 'lines.1.text', message: 'text is not valid', constraint: 'threw' },
      { path: 'lines.1.code', message: 'code is not valid', constraint: 'threw' },
    ]);
    expect(reading.thrown.map(({ error }) => error)).toEqual([expect.any(TypeError), expect.any(TypeError)]);
  });

  /** A rule that answers as it is told. */
  function rule(validate: (value: unknown) => boolean | Promise<boolean>, each = false): PropertyDecorator {
    return (target, propertyName) => {
      registerDecorator({
        target: target.constructor,
        propertyName: String(propertyName),
        name: 'rule',
        options: { each, message: '$property breaks the rule' },
        validator: { validate },
      });
    };
  }
  const reject = (): Promise<boolean> => Promise.reject(new Error('no database'));
  const throwing = (): boolean => {
    throw new TypeError('a mistake');
  };

  test('that are asynchronous are awaited, and keep their place in the order', async () => {
    class Late {
      @rule(async () => false) a!: string;
      @IsString() b!: string;
      @rule(async (value) => value !== 'no', true) c!: string[];
      @ValidatePromise()
      @Transform(({ value }: { value: string }) => Promise.resolve(value))
      @rule(async () => false)
      d!: Promise<string>;
    }
    expect(await issues(Late, { a: 'x', b: 1, c: ['yes', 'no'], d: 'x' })).toEqual([
      'a: a breaks the rule',
      'b: b must be a string',
      'c: c breaks the rule',
      'd: d breaks the rule',
    ]);
  });

  test('that reject are no problem of the payload, and end no process', async () => {
    class Rejecting {
      @rule(reject) a!: string;
      @rule(reject) b!: string;
    }
    class Both {
      @rule(reject) a!: string;
      @rule((value) => (value === 'late' ? reject() : throwing()), true) b!: string[];
    }
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    try {
      await expect(read(Rejecting, { a: 'x', b: 'x' })).rejects.toThrow('no database');
      await expect(read(Both, { a: 'x', b: ['late', 'now'] })).rejects.toThrow('no database');
      await new Promise((resolve) => setImmediate(resolve));
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off('unhandledRejection', unhandled);
    }
  });
});
