import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MinLength,
  ValidateIf,
  ValidateNested,
  ValidatePromise,
  ValidatorConstraint,
  Validate,
  type ValidatorConstraintInterface,
} from 'class-validator';
import * as v from 'valibot';
import {
  StartupError,
  ChatController,
  createChatKit,
  FormList,
  hiddenContext,
  MemoryStore,
  OnAction,
  OnMessage,
  type OnActionOptions,
} from '../../src';
import type { Class, PayloadType } from '../../src/metadata';
import { serveChat, type TestChatOptions } from '../support/chat';
import * as wire from '../support/requests';

class Guest {
  @IsString() name!: string;
}

interface Outcome {
  /** What the client is told; `undefined` where the handler was called. */
  refused: string | undefined;
  /** What the handler got. */
  received: unknown;
}

const NOT_CALLED = Symbol('not called');

/** A chat with one DTO, behind a streaming and a sync action. */
async function chatOf(dto: PayloadType, options: Partial<TestChatOptions> = {}) {
  let received: unknown = NOT_CALLED;
  const take = (payload: unknown): void => {
    received = payload;
  };
  const given: OnActionOptions = { payload: dto };
  @ChatController()
  class Controller {
    @OnAction('stream', given)
    stream(payload: unknown) {
      take(payload);
      return hiddenContext('taken');
    }
    @OnAction('sync', { ...given, sync: true })
    sync(payload: unknown): void {
      take(payload);
    }
    @OnMessage()
    reply(): void {
      // answers nothing
    }
  }
  const chat = await serveChat({ controllers: [Controller], ...options });
  const threadId = await chat.newThread();

  const outcome = (refused: string | undefined): Outcome => {
    const got = received;
    received = NOT_CALLED;
    return { refused, received: got === NOT_CALLED ? undefined : got };
  };
  return {
    chat,
    async stream(payload: unknown): Promise<Outcome> {
      const reply = await chat.post(wire.act(threadId, undefined, 'stream', payload));
      expect(reply.status).toBe(200);
      const error = reply.events.find((event) => event.type === 'error');
      if (error !== undefined) expect(error.code).toBe('custom');
      return outcome(error?.message);
    },
    async sync(payload: unknown): Promise<Outcome> {
      const reply = await chat.post(wire.actSync(threadId, undefined, 'sync', payload));
      expect([200, 422]).toContain(reply.status);
      return outcome(reply.status === 422 ? (reply.json['error'] as { message: string }).message : undefined);
    },
  };
}

const WAYS = ['stream', 'sync'] as const;

describe.each(WAYS)('by a %s action', (way) => {
  async function refusals(dto: Class, payloads: readonly unknown[], options?: Partial<TestChatOptions>) {
    const app = await chatOf(dto, options);
    const refused: unknown[] = [];
    for (const payload of payloads) {
      const outcome = await app[way](payload);
      refused.push(outcome.refused);
      if (outcome.refused !== undefined) expect(outcome.received).toBeUndefined();
    }
    return refused;
  }

  test('an object is an object, and a list is a list', async () => {
    class Booking {
      @IsDefined() @ValidateNested() @Type(() => Guest) guest!: Guest;
    }
    const notAnObject = 'Invalid payload: guest must be an object';
    expect(
      await refusals(Booking, [
        { guest: [] },
        { guest: [{ name: 'Ada' }] },
        { guest: [[{ name: 'Ada' }]] },
        { guest: 'Ada' },
        { guest: { name: 'Ada' } },
      ]),
    ).toEqual([notAnObject, notAnObject, notAnObject, notAnObject, undefined]);

    class Party {
      @IsDefined() @ValidateNested({ each: true }) @Type(() => Guest) guests!: Guest[];
    }
    expect(
      await refusals(Party, [
        { guests: { name: 'Ada' } },
        { guests: [{ name: 'Ada' }, [{ name: 'Bob' }]] },
        { guests: [null] },
        { guests: [{ name: 'Ada' }, {}] },
        { guests: [] },
      ]),
    ).toEqual([
      'Invalid payload: guests must be an array',
      'Invalid payload: guests.1: each value in guests must be an object',
      'Invalid payload: guests.0: each value in guests must be an object',
      'Invalid payload: guests.1.name must be a string',
      undefined,
    ]);
  });

  test('an object of no known kind is refused, by the names of those that there are', async () => {
    class Dog {
      @IsInt() barks!: number;
    }
    class Cat {
      @IsInt() lives!: number;
    }
    const kinds = {
      discriminator: {
        property: 'kind',
        subTypes: [
          { name: 'dog', value: Dog },
          { name: 'cat', value: Cat },
        ],
      },
    };
    class Owner {
      @IsDefined() @ValidateNested() @Type(() => Object, kinds) pet!: Dog | Cat;
      @IsOptional() @ValidateNested({ each: true }) @Type(() => Object, kinds) others?: (Dog | Cat)[];
    }
    const cat = { kind: 'cat', lives: 9 };
    expect(
      await refusals(Owner, [
        { pet: { kind: 'fish' } },
        { pet: { lives: 9 } },
        { pet: cat, others: [cat, { kind: 'fish' }] },
        { pet: cat, others: [null] },
        { pet: { kind: 'dog' } },
        { pet: cat, others: [cat] },
      ]),
    ).toEqual([
      'Invalid payload: pet.kind must be one of the following values: dog, cat',
      'Invalid payload: pet.kind must be one of the following values: dog, cat',
      'Invalid payload: others.1.kind must be one of the following values: dog, cat',
      'Invalid payload: others.0: each value in others must be an object',
      expect.stringContaining('Invalid payload: pet.barks must be an integer number'),
      undefined,
    ]);
  });

  test('what a form says in words is not converted into something else', async () => {
    class Sorts {
      @IsOptional() @Type(() => Number) @IsInt() count?: number;
      @IsOptional() @Type(() => Boolean) yes?: boolean;
      @IsOptional() @Type(() => String) @IsString() text?: string;
    }
    const app = await chatOf(Sorts);
    expect((await app[way]({ count: '' })).refused).toBe('Invalid payload: count must be an integer number');
    expect((await app[way]({ text: {} })).refused).toBe('Invalid payload: text must be a string');
    expect((await app[way]({ count: '5', text: 5 })).received).toEqual({ count: 5, text: '5' });
  });

  test.each(['drop', 'refuse', 'keep'] as const)(
    'fields of the class that did not come are none of the payload: %s',
    async (unknownFields) => {
      class Search {
        @IsString() q!: string;
        page?: number;
        tags: string[] = [];
      }
      const app = await chatOf(Search, { unknownFields, mode: 'development' });
      const { refused, received } = await app[way]({ q: 'x' });
      expect(refused).toBeUndefined();
      expect(received).toEqual({ q: 'x', page: undefined, tags: [] });
      expect(app.chat.logger.messages('warn')).toEqual([]);
    },
  );

  test('what two validators say alike is told once', async () => {
    class Party {
      @IsArray() @ValidateNested({ each: true }) @Type(() => Guest) guests!: Guest[];
    }
    const app = await chatOf(Party);
    expect((await app[way]({ guests: 5 })).refused).toBe('Invalid payload: guests must be an array');
  });

  test('a subtype that validates its discriminator gets it, though the property is not told to keep it', async () => {
    class Dog {
      @IsIn(['dog']) kind!: string;
      @IsInt() age!: number;
    }
    class Cat {
      @IsInt() lives!: number;
    }
    const subTypes = [
      { name: 'dog', value: Dog },
      { name: 'cat', value: Cat },
    ];
    class Owner {
      @IsDefined()
      @ValidateNested()
      @Type(() => Object, { discriminator: { property: 'kind', subTypes } })
      pet!: Dog | Cat;
    }
    const app = await chatOf(Owner, { unknownFields: 'refuse' });
    expect(await app[way]({ pet: { kind: 'dog', age: 3 } })).toEqual({
      refused: undefined,
      received: { pet: { kind: 'dog', age: 3 } },
    });
    expect((await app[way]({ pet: { kind: 'cat', lives: 9 } })).received).toEqual({ pet: { lives: 9 } });
    expect((await app[way]({ pet: { kind: 'cow' } })).refused).toBe(
      'Invalid payload: pet.kind must be one of the following values: dog, cat',
    );
  });

  test('a function of the class that throws on what came names the field', async () => {
    class Odd implements ValidatorConstraintInterface {
      validate(value: unknown) {
        return (value as string).trim() !== '';
      }
    }
    ValidatorConstraint({ name: 'odd' })(Odd);
    class Throwing {
      @IsOptional() @Transform(({ value }: { value: string }) => value.trim()) @IsString() trimmed?: string;
      @IsOptional() @Transform(({ value }: { value: string }) => BigInt(value)) big?: bigint;
      @IsOptional()
      @MinLength(3, { message: ({ value }) => `${(value as string).toUpperCase()} is too short` })
      said?: string;
      @IsOptional() @Validate(Odd) odd?: string;
      @ValidateIf((_: unknown, value: string) => value.startsWith('x')) @IsString() maybe = '';
    }
    const app = await chatOf(Throwing, { mode: 'production' });
    expect((await app[way]({ trimmed: 5 })).refused).toBe('Invalid payload: trimmed is not valid');
    expect((await app[way]({ said: 5 })).refused).toBe('Invalid payload: said is not valid');
    expect((await app[way]({ odd: 5 })).refused).toBe('Invalid payload: odd is not valid');
    expect((await app[way]({ maybe: 5 })).refused).toBe('Invalid payload: maybe is not valid');
    expect((await app[way]({ said: 'ab' })).refused).toBe('Invalid payload: said: AB is too short');
    expect((await app[way]({ trimmed: 5, odd: 5 })).refused).toBe(
      'Invalid payload: trimmed is not valid; odd is not valid',
    );
    expect((await app[way]({ trimmed: ' x ', odd: 'x' })).received).toMatchObject({ trimmed: 'x' });
    const logged = app.chat.logger.lines.filter(({ message }) => message.includes('threw'));
    expect(logged.map(({ details }) => details['field'])).toEqual([
      'trimmed',
      'said',
      'odd',
      'maybe',
      'trimmed',
      'odd',
    ]);
    expect(logged[0]?.details).toMatchObject({
      handler: `Controller.${way}`,
      err: expect.any(TypeError) as unknown,
    });
    expect(app.chat.logger.messages('error')).toEqual([]);
  });

  test('a function of the class that is asynchronous refuses the field too, and ends no process', async () => {
    const reject = async (): Promise<never> => Promise.reject(new Error('It broke.'));
    class Rejecting {
      @IsOptional() @Transform(reject) @IsString() made?: string;
      @IsOptional() @Transform(reject) @ValidatePromise() @IsString() awaited?: Promise<string>;
      @IsOptional() @MinLength(3, { message: reject as never }) said?: string;
      @IsOptional() @MinLength(3, { message: '' }) silent?: string;
      @ValidateIf(reject as never) @IsString() maybe = '';
    }
    const unhandled: unknown[] = [];
    const listen = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    const app = await chatOf(Rejecting, { mode: 'production' });
    const refused = async (payload: object) => (await app[way](payload)).refused;
    expect(await refused({ made: 'x' })).toBe('Invalid payload: made must be a string');
    expect(await refused({ awaited: 'x' })).toBe('Invalid payload: awaited is not valid');
    expect(await refused({ said: 'x' })).toBe('Invalid payload: said is not valid');
    expect(await refused({ silent: 'x' })).toBe(
      'Invalid payload: silent must be longer than or equal to 3 characters',
    );
    expect(await refused({ maybe: 5 })).toBe('Invalid payload: maybe must be a string');
    await setImmediate(); // when rejections are told
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
    const logged = app.chat.logger.lines.filter(({ message }) => message.includes('threw'));
    expect(logged.map(({ details }) => details['field'])).toEqual(['awaited', 'said']);
    expect(app.chat.logger.messages('error')).toEqual([]);
  });

  test('a schema that throws on what came refuses it', async () => {
    const schema = v.object({
      big: v.pipe(
        v.string(),
        v.transform((text) => BigInt(text)),
      ),
    });
    const app = await chatOf(schema);
    expect((await app[way]({ big: 'abc' })).refused).toBe('Invalid payload: cannot be read');
    expect((await app[way]({ big: '5' })).received).toEqual({ big: 5n });
    expect(app.chat.logger.messages('error')).toEqual([]);
    expect(app.chat.logger.messages('warn')).toEqual([
      `The payload of Controller.${way} was refused: a function of its schema threw.`,
    ]);
  });
});

test('a list of a form is made as a list that came, and named as it', async () => {
  class Entry {
    @IsString() name!: string;
    note = 'none';
  }
  class Party {
    @FormList(() => Entry) @ValidateNested({ each: true }) entries!: Entry[];
  }
  const app = await chatOf(Party, { unknownFields: 'refuse' });
  expect((await app.sync({ entries: { 1: { name: 'b' }, 0: { name: 'a' } } })).received).toEqual({
    entries: [
      { name: 'a', note: 'none' },
      { name: 'b', note: 'none' },
    ],
  });
  expect((await app.sync({ entries: { 0: { name: 'a', note: 'x' } } })).refused).toBe(
    'Invalid payload: entries.0.note: property note should not exist',
  );
  expect((await app.sync({ entries: { first: { name: 'a' } } })).refused).toBe(
    'Invalid payload: entries must be an array',
  );
});

test.each([[[]], [undefined]])(
  'a DTO whose constructor throws keeps the app from starting, widgets: %j',
  (widgets) => {
    class Needy {
      @IsString() id: string;
      constructor(given: { id: string }) {
        this.id = given.id;
      }
    }
    @ChatController()
    class Controller {
      @OnAction('a', { payload: Needy })
      handle(): void {
        // is never called
      }
    }
    const start = (): unknown =>
      createChatKit({
        controllers: [Controller],
        store: new MemoryStore(),
        owner: 'shared',
        ...(widgets === undefined ? {} : { widgets }),
      });
    expect(start).toThrow(StartupError);
    expect(start).toThrow(/Controller\.handle: the constructor of Needy throws/);
  },
);
