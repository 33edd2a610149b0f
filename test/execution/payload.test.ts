/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars -- what is under test is the payload on its way to a method */
import 'reflect-metadata';
import { Type } from 'class-transformer';
import { Allow, IsEmail, IsInt, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import * as v from 'valibot';
import { z } from 'zod';
import { ChatController, OnAction, Payload } from '../../src/decorators';
import { InvalidPayloadError, type Issue } from '../../src/errors';
import type { ExecutionOptions } from '../../src/execution';
import type { PayloadType } from '../../src/metadata';
import { failure, handlerOf, recordingLogger, testContext } from './support';

class Street {
  @IsString() name!: string;
}
class Address {
  @ValidateNested() @Type(() => Street) street!: Street;
}
class Line {
  @IsInt() count!: number;
}
class Order {
  @Length(1, 80) name!: string;
  @IsOptional() @IsEmail() email?: string;
  @IsOptional() @ValidateNested() @Type(() => Address) address?: Address;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Line) lines?: Line[];
}

/** What a handler with this payload type receives for a payload. */
async function received(
  type: PayloadType,
  payload: unknown,
  options: Partial<ExecutionOptions> = {},
  ctx = testContext({ action: { type: 'a', payload } }),
): Promise<unknown> {
  @ChatController()
  class Controller {
    @OnAction('a', { payload: type, sync: true })
    handle(value: unknown) {
      return { value } as never;
    }
  }
  const result = (await handlerOf(Controller, options).call(ctx)) as { value: unknown };
  return result.value;
}

async function refusal(
  type: PayloadType,
  payload: unknown,
  options?: Partial<ExecutionOptions>,
): Promise<InvalidPayloadError> {
  const error = await failure(() => received(type, payload, options));
  expect(error).toBeInstanceOf(InvalidPayloadError);
  return error as InvalidPayloadError;
}

const issuesOf = async (...args: Parameters<typeof refusal>): Promise<readonly Issue[] | undefined> =>
  (await refusal(...args)).issues;

describe('a class', () => {
  test('makes an object of itself, and of nested classes', async () => {
    const order = await received(Order, {
      name: 'Ada',
      address: { street: { name: 'Main' } },
      lines: [{ count: 1 }],
    });
    expect(order).toBeInstanceOf(Order);
    expect((order as Order).address?.street).toBeInstanceOf(Street);
    expect((order as Order).lines?.[0]).toBeInstanceOf(Line);
  });

  test('shares nothing with the payload as it came', async () => {
    class Free {
      @Allow() data: unknown;
    }
    const payload = { data: { list: [{ a: 1 }] } };
    const made = (await received(Free, payload)) as typeof payload;
    made.data.list[0]!.a = 2;
    made.data.list.push({ a: 3 });
    expect(payload).toEqual({ data: { list: [{ a: 1 }] } });
  });

  test('names every field in error by its path', async () => {
    const issues = await issuesOf(Order, {
      name: '',
      email: 'ada',
      address: { street: { name: 1 } },
      lines: [{ count: 1 }, { count: 'two' }],
    });
    expect(issues?.map(({ path }) => path)).toEqual([
      'name',
      'email',
      'address.street.name',
      'lines.1.count',
    ]);
    expect(issues?.[1]?.message).toContain('email');
  });

  test('converts nothing: a number that came as text stays text, and is refused', async () => {
    expect(await issuesOf(Line, { count: '1' })).toMatchObject([{ path: 'count' }]);
  });

  test.each([undefined, null])('asked with %p names the fields that are missing', async (payload) => {
    expect(await issuesOf(Order, payload)).toMatchObject([{ path: 'name' }]);
  });

  test.each([[[]], ['text'], [1], [true], [[{ name: 'Ada' }]]])(
    'refuses %j, which is no object',
    async (payload) => {
      expect(await issuesOf(Order, payload)).toEqual([{ path: '', message: 'must be an object' }]);
    },
  );

  test('refuses a nested value that is no object', async () => {
    expect(await issuesOf(Order, { name: 'Ada', address: 'Main' })).toMatchObject([{ path: 'address' }]);
  });
});

describe('unknown fields', () => {
  const payload = { id: 'a', admin: true };
  class Select {
    @IsString() id!: string;
  }

  test('are dropped', async () => {
    expect(await received(Select, payload, { unknownFields: 'drop' })).toEqual({ id: 'a' });
  });
  test('are refused', async () => {
    expect(await issuesOf(Select, payload, { unknownFields: 'refuse' })).toMatchObject([{ path: 'admin' }]);
  });
  test('are kept', async () => {
    expect(await received(Select, payload, { unknownFields: 'keep' })).toEqual(payload);
  });

  test('that are dropped are logged once for each handler and field, in development', async () => {
    @ChatController()
    class Controller {
      @OnAction('a', { payload: Select, sync: true })
      handle(_payload: Select): void {
        // its payload is looked at
      }
    }
    const logger = recordingLogger();
    const handler = handlerOf(Controller, { mode: 'development' });
    const send = (sent: unknown) =>
      handler.call(testContext({ logger, action: { type: 'a', payload: sent } }));
    await send(payload);
    await send(payload);
    await send({ id: 'a' });
    await send({ ...payload, other: 1 });
    await send({ id: 'a', other: 1 });
    expect(logger.lines.map(({ level, details }) => [level, details['handler'], details['fields']])).toEqual([
      ['warn', 'Controller.handle', ['admin']],
      ['warn', 'Controller.handle', ['other']],
    ]);
  });

  test('are not logged in production', async () => {
    const logger = recordingLogger();
    await received(Select, payload, {}, testContext({ logger, action: { type: 'a', payload } }));
    expect(logger.lines).toEqual([]);
  });
});

describe('keys that reach a prototype', () => {
  class Free {
    @Allow() data: unknown;
  }
  test.each([
    ['{"__proto__":{"admin":true}}', '__proto__'],
    ['{"data":{"__proto__":{"admin":true}}}', 'data.__proto__'],
    ['{"data":[{"x":{"constructor":{}}}]}', 'data.0.x.constructor'],
    ['{"prototype":1}', 'prototype'],
    ['{"extra":{"constructor":1}}', 'extra.constructor'],
  ])('are refused in %s', async (text, path) => {
    const error = await refusal(Free, JSON.parse(text));
    expect(error.code).toBe('forbidden_key');
    expect(error.issues).toMatchObject([{ path }]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('never get through, wherever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.object({ key: fc.constantFrom('a', 'b', '__proto__', 'constructor'), maxDepth: 4 }),
        async (data) => {
          const payload: unknown = JSON.parse(JSON.stringify({ data }));
          const forbidden = /"(__proto__|constructor)":/.test(JSON.stringify(payload));
          const outcome = await received(Free, payload).catch((error: unknown) => error);
          expect(outcome instanceof InvalidPayloadError).toBe(forbidden);
        },
      ),
    );
  });
});

describe('size', () => {
  class Free {
    @Allow() data: unknown;
  }
  const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
    let value: unknown = 1;
    for (let i = 0; i < depth; i++) value = wrap(value);
    return value;
  };

  test.each<[string, unknown, string]>([
    ['objects nested 10,000 deep', nested(10_000, (inner) => ({ inner })), ''],
    ['arrays nested 10,000 deep', nested(10_000, (inner) => [inner]), ''],
    ['an array too long', { list: Array(10_001).fill(0) }, 'data.list'],
    ['a string too long', { text: 'x'.repeat(1_000_001) }, 'data.text'],
  ])('%s is refused before anything recurses', async (_title, data, path) => {
    for (const type of [Free, z.looseObject({})] as const) {
      const error = await refusal(type, { data });
      expect(error.code).toBe('payload_too_large');
      expect(error.issues).toMatchObject([{ path }]);
    }
  });

  test('what is deep but not too deep passes', async () => {
    await expect(received(Free, { data: nested(60, (inner) => ({ inner })) })).resolves.toBeInstanceOf(Free);
  });
});

describe('a Standard Schema', () => {
  const schemas: [string, PayloadType][] = [
    ['zod', z.object({ id: z.string(), lines: z.array(z.object({ count: z.number() })) })],
    ['valibot', v.object({ id: v.string(), lines: v.array(v.object({ count: v.number() })) })],
    [
      'zod, asynchronous',
      z.object({
        id: z.string().refine(async (id) => Promise.resolve(id !== 'no')),
        lines: z.array(z.object({ count: z.number() })),
      }),
    ],
  ];

  test.each(schemas)('of %s gives its output, without what it does not know', async (_title, schema) => {
    const payload = { id: 'a', lines: [{ count: 1 }], other: 1 };
    expect(await received(schema, payload)).toEqual({ id: 'a', lines: [{ count: 1 }] });
  });

  test.each(schemas)('of %s names every field in error by its path', async (_title, schema) => {
    const issues = await issuesOf(schema, { id: 1, lines: [{ count: 1 }, {}] });
    expect(issues?.map(({ path }) => path)).toEqual(['id', 'lines.1.count']);
  });

  test('gives what it transforms the payload to', async () => {
    expect(
      await received(
        z.string().transform((text) => text.length),
        'four',
      ),
    ).toBe(4);
  });

  test('that is a function is a schema, not a class', async () => {
    const schema = Object.assign(function () {}, {
      '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value: [value] }) },
    } as const);
    expect(await received(schema, 1)).toEqual([1]);
  });

  test('sees a missing payload as it is', async () => {
    expect(await received(z.undefined(), undefined)).toBeUndefined();
    expect(await issuesOf(z.object({}), undefined)).toMatchObject([{ path: '' }]);
  });
});

describe('where the type comes from', () => {
  const ctx = testContext({ action: { type: 'a', payload: { id: 'a', more: 1 } } });
  class Select {
    @IsString() id!: string;
  }

  test("'unchecked' passes the payload on as it came", async () => {
    const payload = JSON.parse('{"__proto__":1}') as unknown;
    expect(await received('unchecked', payload)).toBe(payload);
  });

  test('the parameter’s class, the decorator’s argument, the options', async () => {
    @ChatController()
    class Controller {
      @OnAction('a', { sync: true })
      reflected(@Payload() payload: Select) {
        return payload as never;
      }
      @OnAction('b', { sync: true })
      given(@Payload(z.object({ more: z.number() })) payload: object) {
        return payload as never;
      }
      @OnAction('c', { sync: true, payload: Select })
      options(@Payload() payload: unknown) {
        return payload as never;
      }
    }
    const reflected = await handlerOf(Controller, {}, 'reflected').call(ctx);
    expect(reflected).toBeInstanceOf(Select);
    expect(reflected).toEqual({ id: 'a' });
    expect(await handlerOf(Controller, {}, 'given').call(ctx)).toEqual({ more: 1 });
    expect(await handlerOf(Controller, {}, 'options').call(ctx)).toBeInstanceOf(Select);
  });

  test('a method that takes no payload gets none, whatever was sent', async () => {
    @ChatController()
    class Controller {
      @OnAction('a', { sync: true })
      handle(...args: unknown[]) {
        return args as never;
      }
    }
    expect(await handlerOf(Controller).call(ctx)).toEqual([undefined, ctx]);
  });

  test('a type that is named is checked even where no parameter takes the payload', async () => {
    @ChatController()
    class Controller {
      @OnAction('a', { sync: true, payload: z.object({ missing: z.string() }) })
      handle(): void {
        throw new Error('never called');
      }
    }
    expect(await failure(() => handlerOf(Controller).call(ctx))).toBeInstanceOf(InvalidPayloadError);
  });
});
