import { IsString } from 'class-validator';
import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import { defineAction } from '../../src/widgets';

class Select {
  @IsString() id!: string;
}

describe('defineAction', () => {
  it('makes the action as a widget carries it', () => {
    const select = defineAction('item.select', Select);
    expect(select({ id: 'a' })).toEqual({ type: 'item.select', payload: { id: 'a' } });
    expect(select({ id: 'a' }, { loadingBehavior: 'self', streaming: false })).toEqual({
      type: 'item.select',
      payload: { id: 'a' },
      loadingBehavior: 'self',
      streaming: false,
    });
    expect(select.action).toBe('item.select');
    expect(select.payload).toBe(Select);
  });

  it('needs no payload where there is none', () => {
    expect(defineAction('ping')()).toEqual({ type: 'ping' });
  });

  it('takes what goes into a schema, not what comes out', () => {
    const count = defineAction('count', z.object({ n: z.string().transform(Number) }));
    expectTypeOf(count).parameter(0).toEqualTypeOf<{ n: string }>();
    expectTypeOf(defineAction('item.select', Select)).parameter(0).toEqualTypeOf<Select>();
  });

  it('refuses names that are patterns, or none', () => {
    expect(() => defineAction('item.*')).toThrow('without "*"');
    expect(() => defineAction('')).toThrow(TypeError);
  });
});
