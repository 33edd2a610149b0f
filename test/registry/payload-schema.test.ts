import 'reflect-metadata';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { IsIn, IsString } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import * as v from 'valibot';
import { z } from 'zod';
import { payloadSchema } from '../../src/registry/payload-schema';
import { compiled, judge, schemaOf } from './support';

/** A library's schema that is what it is told. */
function standard(jsonSchema: unknown, validate: unknown = () => ({ value: 1 })): StandardSchemaV1 {
  return { '~standard': { version: 1, vendor: 'acme', validate, jsonSchema } } as unknown as StandardSchemaV1;
}

test('a payload that is not checked may be anything', () => {
  expect(payloadSchema('unchecked', 'refuse')).toEqual({ payload: {} });
});

describe('a zod schema', () => {
  const select = z.object({
    id: z.string().meta({ description: 'Which one.' }),
    count: z.int().min(1).default(1),
  });

  test('is converted by zod: what goes in, not what comes out', () => {
    expect(schemaOf(select)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        id: { type: 'string', description: 'Which one.' },
        count: { type: 'integer', minimum: 1 },
      },
      required: ['id'],
    });
    expect(schemaOf(z.string().transform((text) => text.length))).toMatchObject({ type: 'string' });
  });

  test('is judged as the server judges', async () => {
    const schema = z.strictObject({
      list: z.array(z.union([z.string(), z.number()])),
      at: z.literal('a').nullish(),
    });
    const accepts = compiled(schema);
    const payloads = [
      { list: [] },
      { list: ['a', 1], at: null },
      { list: [null] },
      { list: [], at: 'b' },
      { list: [], x: 1 },
    ];
    const verdicts = payloads.map((payload) => accepts(payload));
    expect(verdicts).toEqual([true, true, false, false, false]);
    expect(verdicts).toEqual(await Promise.all(payloads.map(judge(schema))));
  });

  test('says what it can where JSON has no word for a field', () => {
    expect(schemaOf(z.object({ id: z.string(), at: z.coerce.date(), n: z.bigint() }))).toMatchObject({
      properties: { id: { type: 'string' }, at: {}, n: {} },
    });
  });

  test('may hold itself', () => {
    const tree: z.ZodType = z.object({ name: z.string(), children: z.lazy(() => z.array(tree)) });
    const accepts = compiled(tree);
    const leaf = { name: 'a', children: [] };
    expect(
      [
        { ...leaf, children: [leaf] },
        { ...leaf, children: [{}] },
      ].map((one) => accepts(one)),
    ).toEqual([true, false]);
  });
});

describe('another Standard Schema', () => {
  const options: unknown[] = [];
  const input = (given: unknown): object => {
    options.push(given);
    return { type: 'string', default: undefined };
  };

  test('is asked for draft 2020-12', () => {
    expect(payloadSchema(standard({ input }), 'drop')).toEqual({ payload: { type: 'string' } });
    expect(options).toEqual([{ target: 'draft-2020-12' }]);
  });

  test('may be a function', () => {
    const callable = Object.assign(() => 1, standard({ input }));
    expect(payloadSchema(callable, 'drop')).toEqual({ payload: { type: 'string' } });
  });

  test('that gives no JSON Schema is said not to', () => {
    expect(payloadSchema(v.object({ id: v.string() }), 'drop')).toEqual({
      payload: {},
      schemaError: 'valibot provides no JSON Schema (see "Standard Schemas" in docs/registry.md).',
    });
  });

  test.each<[string, unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('No words for a symbol.');
      },
      /^No words for a symbol\.$/,
    ],
    [
      'throws a text',
      () => {
        throw 'no words' as unknown as Error;
      },
      /^no words$/,
    ],
    [
      'gives something cyclic',
      () => {
        const one: Record<string, unknown> = {};
        one['one'] = one;
        return one;
      },
      /circular/,
    ],
    ['gives nothing', () => undefined, /no JSON Schema/],
    ['gives a promise', async () => ({ type: 'string' }), /no JSON Schema/],
    ['is none', 'input', /no JSON Schema/],
  ])('whose converter %s costs no more than its schema', (_, converter, message) => {
    const { payload, schemaError } = payloadSchema(standard({ input: converter }), 'drop');
    expect(payload).toEqual({});
    expect(schemaError).toMatch(message);
  });
});

test('a class whose schema cannot be made costs no more than that', () => {
  @JSONSchema(() => {
    throw new Error('No schema today.');
  })
  class Dto {
    @IsString() id!: string;
  }
  expect(payloadSchema(Dto, 'drop')).toEqual({ payload: {}, schemaError: 'No schema today.' });
});

test('nor does one with values that JSON has no word for', () => {
  class Dto {
    @IsIn([1n]) id!: bigint;
  }
  expect(payloadSchema(Dto, 'drop')).toEqual({
    payload: {},
    schemaError: expect.stringContaining('BigInt'),
  });
});
