import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsDate, IsInt, IsString } from 'class-validator';
import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import type { ActionConfig } from '../../src/protocol';
import { ActionDefinitionError, defineAction, signMark, type ActionDefinition } from '../../src/widgets';

class Select {
  @IsString() id!: string;
}
class Price {
  @IsString() id!: string;
  @IsInt() price!: number;
  note?: string;
}
class Place {
  street!: string;
  city!: string;
}
class Booking {
  id!: string;
  @IsDate() @Type(() => Date) day!: Date;
  place!: Place;
  guests!: Place[];
  summary(): string {
    return this.id;
  }
}

function problemOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof ActionDefinitionError) return error.code;
    throw error;
  }
  return 'none';
}

describe('an action definition', () => {
  const select = defineAction('item.select', Select);

  it('makes the action as a widget carries it', () => {
    expect(select({ id: 'a' })).toEqual({ type: 'item.select', payload: { id: 'a' } });
    expect(select({ id: 'a' }, { loadingBehavior: 'self', streaming: false, handler: 'server' })).toEqual({
      type: 'item.select',
      payload: { id: 'a' },
      loadingBehavior: 'self',
      streaming: false,
      handler: 'server',
    });
    expect(Object.keys(select({ id: 'a' }, { handler: undefined }))).toEqual(['type', 'payload']);
  });

  it('knows its name, payload, kind and description', () => {
    const star = defineAction('item.star', Select, { sync: true, description: 'Stars an item.' });
    expect({ ...select }).toMatchObject({ action: 'item.select', payload: Select, sync: false });
    expect({ ...star }).toMatchObject({ payload: Select, sync: true, description: 'Stars an item.' });
    expectTypeOf(select.action).toEqualTypeOf<'item.select'>();
  });

  it('needs no payload where there is none', () => {
    expect(defineAction('ping')()).toEqual({ type: 'ping' });
    const refresh = defineAction('refresh', { sync: true, description: 'Refreshes.' });
    expect(refresh(undefined, { loadingBehavior: 'none' })).toEqual({
      type: 'refresh',
      loadingBehavior: 'none',
      streaming: false,
    });
    expect({ ...refresh }).toMatchObject({ payload: undefined, description: 'Refreshes.' });
  });

  it('takes what goes into a schema, not what comes out', () => {
    const count = defineAction('count', z.object({ n: z.string().transform(Number) }));
    expectTypeOf(count).parameter(0).toEqualTypeOf<{ n: string }>();
    expectTypeOf(count).toExtend<ActionDefinition<{ n: string }, { n: number }, 'count'>>();
    expect(count({ n: '1' }).payload).toEqual({ n: '1' });
    const maybe = defineAction('maybe', z.object({ n: z.number() }).optional());
    expect(maybe()).toEqual({ type: 'maybe' });
  });

  it('takes the fields of a class as JSON carries them', () => {
    expectTypeOf(select).parameter(0).toEqualTypeOf<{ id: string }>();
    const book = defineAction('book', Booking);
    expectTypeOf(book).parameter(0).toEqualTypeOf<{
      id: string;
      day: Date | string;
      place: { street: string; city: string };
      guests: { street: string; city: string }[];
    }>();
    expectTypeOf(defineAction('price', Price)).parameter(0).toEqualTypeOf<{
      id: string;
      price: number;
      note?: string;
    }>();
  });

  it('makes an action of its name alone, wherever the name is written', () => {
    const renamed = defineAction('item.choose', Select);
    expect([renamed({ id: 'a' }).type, renamed.form().type, renamed.action]).toEqual(
      Array(3).fill('item.choose'),
    );
  });
});

describe('what does not compile', () => {
  const select = defineAction('item.select', Select);
  const ping = defineAction('ping');
  const count = defineAction('count', z.object({ n: z.string().transform(Number) }));

  test('a payload that is missing, of another type, or has a typo', () => {
    const wrong = (): ActionConfig[] => [
      // @ts-expect-error the payload is needed
      select(),
      // @ts-expect-error the id is needed
      select({}),
      // @ts-expect-error the id is a string
      select({ id: 1 }),
      // @ts-expect-error there is no such field
      select({ id: 'a', idd: 'b' }),
      // @ts-expect-error the schema takes a string
      count({ n: 1 }),
      // @ts-expect-error there is no payload
      ping({ id: 'a' }),
    ];
    expect(wrong).toBeDefined();
  });

  test('options with a typo, and signatures of fields that are not there', () => {
    const wrong = (): ActionConfig[] => [
      // @ts-expect-error there is no such behaviour
      select({ id: 'a' }, { loadingBehavior: 'spin' }),
      // @ts-expect-error there is no such option
      select({ id: 'a' }, { loading: 'self' }),
      // @ts-expect-error there is no such field
      select({ id: 'a' }, { sign: ['price'] }),
      // @ts-expect-error there are no fields
      ping(undefined, { sign: ['id'] }),
    ];
    expect(wrong).toBeDefined();
  });

  test('types of payloads that are none', () => {
    // @ts-expect-error an interface is no value; this is none either
    const wrong = () => defineAction('x', 'Select');
    expect(wrong).toThrow(ActionDefinitionError);
    // @ts-expect-error there is no such option
    expect(defineAction('y', Select, { async: true }).sync).toBe(false);
  });
});

describe('a sync definition', () => {
  it('sends streaming: false by itself', () => {
    const star = defineAction('item.star', Select, { sync: true });
    expect(star({ id: 'a' }, { loadingBehavior: 'none' })).toEqual({
      type: 'item.star',
      payload: { id: 'a' },
      loadingBehavior: 'none',
      streaming: false,
    });
    expect(star({ id: 'a' }, { streaming: false })).toMatchObject({ streaming: false });
    expect(star.form({ id: 'a' })).toMatchObject({ streaming: false });
    expect(problemOf(() => star({ id: 'a' }, { streaming: true }))).toBe('streaming_conflict');
  });
});

describe('in a form', () => {
  const book = defineAction('book', Booking);
  const move = defineAction(
    'move',
    z.object({ id: z.string(), to: z.object({ x: z.coerce.number<string>() }) }),
  );

  it('leaves out what the fields supply, at any depth', () => {
    expect(book.form({ id: 'a' })).toEqual({ type: 'book', payload: { id: 'a' } });
    expect(book.form({ place: { city: 'Bern' } }, { loadingBehavior: 'container' })).toEqual({
      type: 'book',
      payload: { place: { city: 'Bern' } },
      loadingBehavior: 'container',
    });
    expect(book.form()).toEqual({ type: 'book' });
    expect(move.form({ id: 'a' }).payload).toEqual({ id: 'a' });
    expect(defineAction('send').form()).toEqual({ type: 'send' });
  });

  it('refuses by type what is no part of the payload', () => {
    const wrong = (): ActionConfig[] => [
      // @ts-expect-error there is no such field
      book.form({ idd: 'a' }),
      // @ts-expect-error there is no such field in the place
      book.form({ place: { country: 'CH' } }),
      // @ts-expect-error the id is a string
      book.form({ id: 1 }),
      // @ts-expect-error a list is given whole
      book.form({ guests: [{ city: 'Bern' }] }),
      // @ts-expect-error there is no payload
      defineAction('send').form({ id: 'a' }),
    ];
    expect(wrong).toBeDefined();
    expectTypeOf(move.form)
      .parameter(0)
      .toEqualTypeOf<{ id?: string | undefined; to?: { x?: string | undefined } | undefined } | undefined>();
  });

  it.each([['text'], [1], [[]], [null]])('refuses %j, into which no field fits', (payload) => {
    expect(problemOf(() => book.form(payload as never))).toBe('payload_not_an_object');
  });

  it('signs what is given, and nothing that the user fills in', () => {
    const config = book.form({ id: 'a' }, { sign: ['id'] });
    expect(signMark(config)).toEqual({ fields: ['id'], expiresInMs: undefined });
    expect(problemOf(() => book.form({ id: 'a' }, { sign: ['day'] }))).toBe('unknown_signed_field');
    expect(problemOf(() => book.form(undefined, { sign: ['id'] }))).toBe('unknown_signed_field');
  });
});

describe('a signed action', () => {
  const buy = defineAction('buy', Price);

  it('is marked with its fields, where spreads keep it and JSON does not', () => {
    const config = buy({ id: 'a', price: 1 }, { sign: ['id', 'price'], expiresIn: 60_000 });
    const mark = { fields: ['id', 'price'], expiresInMs: 60_000 };
    expect(signMark(config)).toEqual(mark);
    expect(signMark({ ...config, loadingBehavior: 'self' })).toEqual(mark);
    expect(JSON.parse(JSON.stringify(config))).toEqual({ type: 'buy', payload: { id: 'a', price: 1 } });
    expect(signMark(buy({ id: 'a', price: 1 }))).toBeUndefined();
  });

  it('may have no payload, or none that is signed', () => {
    expect(signMark(defineAction('ping')(undefined, { sign: [] }))).toEqual({ fields: [] });
    expect(signMark(buy({ id: 'a', price: 1 }, { sign: [] }))).toEqual({ fields: [] });
  });

  it('names fields that are there', () => {
    expect(problemOf(() => buy({ id: 'a', price: 1 }, { sign: ['note'] }))).toBe('unknown_signed_field');
    const unset = { id: 'a', price: 1, note: undefined } as unknown as Price;
    expect(problemOf(() => buy(unset, { sign: ['note'] }))).toBe('unknown_signed_field');
    expect(problemOf(() => buy({ id: 'a', price: 1 }, { sign: ['toString' as 'id'] }))).toBe(
      'unknown_signed_field',
    );
  });

  it.each([[0], [-1], [NaN], [Infinity], ['1000']])('does not expire in %p', (expiresIn) => {
    const options = { sign: ['id'] as const, expiresIn: expiresIn as number };
    expect(problemOf(() => buy({ id: 'a', price: 1 }, options))).toBe('invalid_expiry');
  });

  it('does not expire where nothing is signed', () => {
    expect(problemOf(() => buy({ id: 'a', price: 1 }, { expiresIn: 1000 }))).toBe('invalid_expiry');
  });
});

describe('an action definition that is refused', () => {
  const loose = defineAction as (...args: unknown[]) => unknown;

  it.each([['item.*'], [''], [1], [undefined]])('by the name %p', (name) => {
    expect(() => loose(name)).toThrow('without "*"');
    expect(problemOf(() => loose(name))).toBe('invalid_definition');
  });

  it('by a type that is undefined, as circular imports leave it', () => {
    expect(() => loose('x', undefined)).toThrow(/got undefined.*circular import/);
    expect(() => loose('x', undefined, { sync: true })).toThrow('circular import');
  });

  it.each([[null], ['Select'], [1], [() => Select], [[]]])('by %p as the type of its payload', (type) => {
    expect(problemOf(() => loose('x', type))).toBe('invalid_definition');
  });

  it.each([[{ sync: 'yes' }], [{ description: 1 }]])('by the options %p', (options) => {
    expect(problemOf(() => loose('x', options))).toBe('invalid_definition');
    expect(problemOf(() => loose('x', Select, options))).toBe('invalid_definition');
  });

  it('by a payload where it has none', () => {
    expect(problemOf(() => (defineAction('ping') as (payload: unknown) => unknown)({ id: 'a' }))).toBe(
      'unexpected_payload',
    );
  });
});
