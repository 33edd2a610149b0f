import 'reflect-metadata';
import { Exclude, Expose, Type } from 'class-transformer';
import {
  Allow,
  ArrayNotEmpty,
  IsBase64,
  IsDate,
  IsEmail,
  IsInt,
  IsISO8601,
  IsIP,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsPhoneNumber,
  IsString,
  IsStrongPassword,
  Matches,
  Min,
  MinDate,
  registerDecorator,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import type { JsonSchema } from '../../src';
import { compiled, judge, schemaOf } from './support';

function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return schema['properties'] as Record<string, JsonSchema>;
}

function propertyOf(type: new () => object): unknown {
  return propertiesOf(schemaOf(type))['field'];
}

/** Payloads must be judged by the schema as they are by the server. */
async function sameJudgement(type: new () => object, payloads: readonly unknown[]): Promise<boolean[]> {
  const accepts = compiled(type);
  const verdicts = payloads.map((payload) => accepts(payload));
  expect(verdicts).toEqual(await Promise.all(payloads.map(judge(type))));
  return verdicts;
}

test('a class is an object with its properties, complete in itself', () => {
  class SignUp {
    @IsString() @IsNotEmpty() name!: string;
    @IsOptional() @IsEmail() email?: string;
  }
  expect(schemaOf(SignUp)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      email: { anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }] },
    },
    required: ['name'],
  });
});

describe('nested classes', () => {
  class Point {
    @IsInt() x!: number;
  }
  class Track {
    @ValidateNested({ each: true }) @Type(() => Point) points!: Point[];
    @ValidateNested() @Type(() => Point) start!: Point;
  }

  test('are written once, under $defs', async () => {
    expect(schemaOf(Track)).toMatchObject({
      properties: {
        points: { type: 'array', items: { $ref: '#/$defs/Point' } },
        start: { $ref: '#/$defs/Point' },
      },
      $defs: { Point: { type: 'object', properties: { x: { type: 'integer' } }, required: ['x'] } },
    });
    const start = { x: 1 };
    const payloads = [
      {},
      { points: [] },
      { points: [{ x: 1 }, {}] },
      { start },
      { start: 1 },
      { start, points: [start] },
    ];
    expect(await sameJudgement(Track, payloads)).toEqual([true, true, false, true, false, true]);
  });

  test('are closed as the class is', () => {
    const schema = schemaOf(Track, 'refuse');
    expect(schema).toMatchObject({
      additionalProperties: false,
      $defs: { Point: { additionalProperties: false } },
    });
    expect(schemaOf(Track, 'keep')).not.toHaveProperty('additionalProperties');
  });

  test('may hold themselves', async () => {
    class Tree {
      @IsString() name!: string;
      @ValidateNested({ each: true }) @Type(() => Tree) children!: Tree[];
    }
    class Forest {
      @ValidateNested() @Type(() => Tree) tree!: Tree;
    }
    expect(propertiesOf(schemaOf(Tree))['children']).toEqual({ type: 'array', items: { $ref: '#' } });
    const leaf = { name: 'leaf' };
    expect(
      await sameJudgement(Tree, [
        { ...leaf, children: [leaf] },
        { ...leaf, children: [{}] },
      ]),
    ).toEqual([true, false]);
    expect(await sameJudgement(Forest, [{ tree: { ...leaf, children: [{}] } }])).toEqual([false]);
  });

  test('of one name are not mixed up', async () => {
    const otherFile = () => {
      class Point {
        @IsString() label!: string;
      }
      return Point;
    };
    const Other = otherFile();
    class Both {
      @ValidateNested() @Type(() => Point) one!: object;
      @ValidateNested() @Type(() => Other) other!: object;
    }
    expect(Object.keys(schemaOf(Both)['$defs'] as object)).toEqual(['Point', 'Point2']);
    const payloads = [{ one: { x: 1 }, other: { label: 'a' } }, { one: { label: 'a' } }, { other: { x: 1 } }];
    expect(await sameJudgement(Both, payloads)).toEqual([true, false, false]);
    expect(Object.keys(propertiesOf(schemaOf(Other)))).toEqual(['label']);
    expect(Object.keys(propertiesOf(schemaOf(Point)))).toEqual(['x']);
  });

  test('need no name', () => {
    const Nameless = (() => class {})();
    IsString()(Nameless.prototype, 'a');
    class Holder {
      @ValidateNested() @Type(() => Nameless) field!: object;
    }
    expect(propertyOf(Holder)).toEqual({ $ref: '#/$defs/Anonymous' });
    expect(propertiesOf(schemaOf(Nameless))).toEqual({ a: { type: 'string' } });
  });

  test('are told apart by their discriminator', async () => {
    abstract class Shape {
      @IsString() kind!: string;
    }
    class Circle extends Shape {
      @IsInt() radius!: number;
    }
    class Square extends Shape {
      @IsInt() side!: number;
    }
    class Drawing {
      @ValidateNested()
      @Type(() => Shape, {
        keepDiscriminatorProperty: true,
        discriminator: {
          property: 'kind',
          subTypes: [
            { name: 'circle', value: Circle },
            { name: 'square', value: Square },
          ],
        },
      })
      shape!: Shape;
    }
    const shapes = [
      { kind: 'circle', radius: 1 },
      { kind: 'square', radius: 1 },
      { kind: 'square', side: 1 },
    ];
    const payloads = shapes.map((shape) => ({ shape }));
    expect(await sameJudgement(Drawing, payloads)).toEqual([true, false, true]);
    const closed = compiled(Drawing, 'refuse');
    expect(payloads.map((payload) => closed(payload))).toEqual([true, false, true]);
  });

  test('are any object where only the object itself says which class it is', () => {
    class Depends {
      @ValidateNested()
      @Type((help) => (help!.object['kind'].length > 1 ? Point : Track))
      field!: unknown;
    }
    expect(propertyOf(Depends)).toEqual({ type: 'object' });
  });

  test('may be the values of a Map', () => {
    class Scores {
      @ValidateNested({ each: true }) @Type(() => Point) field!: Map<string, Point>;
    }
    expect(propertyOf(Scores)).toEqual({ type: 'object', additionalProperties: { $ref: '#/$defs/Point' } });
  });
});

test('a class has what its parents have, and its own where both say the same', async () => {
  class Named {
    @IsString() name!: string;
    @Min(1) count!: number;
  }
  class Counted extends Named {
    @IsInt() @Min(5) declare count: number;
  }
  expect(schemaOf(Counted)).toMatchObject({
    properties: { name: { type: 'string' }, count: { type: 'integer', minimum: 5 } },
  });
  expect(
    await sameJudgement(Counted, [
      { name: 'a', count: 3 },
      { name: 'a', count: 5 },
    ]),
  ).toEqual([false, true]);
  expect(await sameJudgement(Named, [{ name: 'a', count: 3 }])).toEqual([true]);
});

test('rules of one property stand together, whichever the order', () => {
  class Both {
    @Matches(/^a/) @Matches(/z$/) @IsNotEmpty() field!: string;
  }
  expect(propertyOf(Both)).toEqual({
    type: 'string',
    minLength: 1,
    pattern: 'z$',
    allOf: [{ type: 'string', pattern: '^a' }],
  });
  class Whole {
    @IsNotEmpty() @IsNumber() @IsInt() field!: number;
  }
  expect(propertyOf(Whole)).toEqual({ type: 'integer', minLength: 1 });
});

test('rules for each value are rules of the array', () => {
  class Tags {
    @ArrayNotEmpty() @IsString({ each: true }) field!: string[];
  }
  expect(propertyOf(Tags)).toEqual({ type: 'array', minItems: 1, items: { type: 'string' } });
});

describe('a property is not required', () => {
  test('when its class fills it', async () => {
    class Quantity {
      @IsInt() field = 1;
    }
    expect(propertyOf(Quantity)).toEqual({ type: 'integer', default: 1 });
    expect(await sameJudgement(Quantity, [{}, { field: 2 }, { field: null }])).toEqual([true, true, false]);
  });

  test('when it is asked for under a condition', () => {
    class Reason {
      @ValidateIf((given: Reason) => given.field !== '') @IsString() field!: string;
    }
    expect(schemaOf(Reason)).not.toHaveProperty('required');
    expect(propertyOf(Reason)).toEqual({ type: 'string', $comment: 'Also checked: validateIf.' });
  });

  test('when all that is asked of it depends', () => {
    class Reason {
      @IsEmail({}, { validateIf: (given: Reason) => given.field !== 'none' })
      @IsString({ validateIf: (given: Reason) => given.field !== 'none' })
      field!: string;
    }
    expect(schemaOf(Reason)).not.toHaveProperty('required');
    expect(propertyOf(Reason)).toEqual({ type: 'string', $comment: 'Also checked: isString, isEmail.' });
  });

  test('when it may be anything', () => {
    class Anything {
      @Allow() field: unknown;
    }
    expect(schemaOf(Anything)).not.toHaveProperty('required');
    expect(propertyOf(Anything)).toEqual({});
  });
});

test('a class that cannot be made of nothing has no defaults', () => {
  class Wants {
    @IsString() field: string;
    constructor(given: { field: string }) {
      this.field = given.field;
    }
  }
  expect(schemaOf(Wants as unknown as new () => object)).toMatchObject({ required: ['field'] });
});

describe('rules that JSON Schema has no words for', () => {
  @ValidatorConstraint({ name: 'isOdd' })
  class IsOdd {
    validate(value: unknown): boolean {
      return Number(value) % 2 === 1;
    }
  }
  const longer = (target: object, propertyName: string): void => {
    registerDecorator({
      name: 'isLong',
      target: target.constructor,
      propertyName,
      validator: { validate: (value) => String(value).length > 3 },
    });
  };

  test.each<[string, PropertyDecorator, object]>([
    ['isStrongPassword', IsStrongPassword(), {}],
    ['isPhoneNumber', IsPhoneNumber('DE'), {}],
    ['isOdd', Validate(IsOdd), {}],
    ['isLong', longer as PropertyDecorator, {}],
    ['matches', Matches(/^a/i), {}],
    ['matches', Matches(/[\w-.]/), {}],
  ])('are named: %s', (name, decorator, said) => {
    class Dto {
      field!: string;
    }
    decorator(Dto.prototype, 'field');
    Reflect.defineMetadata('design:type', String, Dto.prototype, 'field');
    expect(propertyOf(Dto)).toEqual({ type: 'string', ...said, $comment: `Also checked: ${name}.` });
    expect(schemaOf(Dto)).toMatchObject({ required: ['field'] });
  });

  test('may be given words', () => {
    class Dto {
      @Validate(IsOdd) @JSONSchema({ type: 'integer', not: { multipleOf: 2 } }) field!: unknown;
    }
    const accepts = compiled(Dto);
    expect([1, 2, 'a'].map((field) => accepts({ field }))).toEqual([true, false, false]);
  });
});

test('what @JSONSchema says of class and property is in it', () => {
  @JSONSchema({ description: 'A thing.', examples: [{ id: 'a' }] })
  class Thing {
    @IsString() @JSONSchema({ description: 'Which one.' }) id!: string;
    @IsString() @JSONSchema((schema) => ({ ...schema, title: schema.type as string })) label!: string;
  }
  class Holder {
    @ValidateNested() @Type(() => Thing) @JSONSchema({ description: 'The one.' }) thing!: Thing;
  }
  const thing = {
    description: 'A thing.',
    examples: [{ id: 'a' }],
    properties: {
      id: { type: 'string', description: 'Which one.' },
      label: { type: 'string', title: 'string' },
    },
  };
  expect(schemaOf(Thing)).toMatchObject(thing);
  expect(schemaOf(Holder)).toMatchObject({
    properties: { thing: { $ref: '#/$defs/Thing', description: 'The one.' } },
    $defs: { Thing: thing },
  });
});

test('properties have the names of the payload, and those that it cannot set are left out', async () => {
  class Renamed {
    @IsString() @Expose({ name: 'item_id' }) id!: string;
    @Allow() @Exclude() secret?: string;
    @IsOptional() @IsString() @Exclude({ toPlainOnly: true }) password?: string;
    @IsOptional() @IsString() @Expose({ name: 'shown', toPlainOnly: true }) hidden?: string;
  }
  expect(Object.keys(propertiesOf(schemaOf(Renamed)))).toEqual(['item_id', 'password', 'hidden']);
  expect(schemaOf(Renamed)).toMatchObject({ required: ['item_id'] });
  expect(await sameJudgement(Renamed, [{ item_id: 'a' }, { id: 'a' }, { item_id: 1 }])).toEqual([
    true,
    false,
    false,
  ]);
});

test('dates, addresses and encodings have the words of the draft', () => {
  class Words {
    @IsDate() @Type(() => Date) @MinDate(() => new Date(0)) at!: Date;
    @IsISO8601() on!: string;
    @IsIP() any!: string;
    @IsIP('6') six!: string;
    @IsBase64() data!: string;
  }
  const date = { type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] };
  expect(propertiesOf(schemaOf(Words))).toEqual({
    at: date,
    on: date,
    any: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
    six: { type: 'string', format: 'ipv6' },
    data: { type: 'string', contentEncoding: 'base64' },
  });
  expect(compiled(Words)({ at: '2026-01-01', on: '2026-01-01', any: '::1', six: '::1', data: '' })).toBe(
    true,
  );
});
