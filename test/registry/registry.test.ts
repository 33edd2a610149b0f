/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars -- what is under test is how methods are described */
import 'reflect-metadata';
import { IsString } from 'class-validator';
import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import type { JsonSchema, RouteInfo } from '../../src';
import {
  ChatController,
  OnAction,
  OnMessage,
  Payload,
  UseGuards,
  UseInterceptors,
} from '../../src/decorators';
import { defineAction } from '../../src/widgets';
import { tableOf } from '../routing/support';

const isAda = (): boolean => true;
const timed = (_: unknown, next: () => never): never => next();

class SelectItem {
  @IsString() id!: string;
}
const link = defineAction('cart.buy', z.object({ sku: z.string() }));

@ChatController('item')
@UseGuards(isAda)
class ItemController {
  @OnAction(['select', /^legacy/], { description: 'Selects an item.', signed: true, once: false })
  @UseInterceptors(timed)
  select(@Payload() _item: SelectItem): void {}

  @OnAction(link, { fromWidgetOnly: true })
  buy(@Payload() _order: unknown): void {}

  @OnAction('*', { payload: 'unchecked', sync: true })
  other(_payload: unknown): void {}

  @OnAction('reload')
  reload(): void {}

  @OnMessage({ tool: 'search' })
  search(): void {}
}

const registry = (): readonly RouteInfo[] =>
  tableOf([ItemController], { guards: [isAda], signing: true, unknownFields: 'refuse' }).registry();

test('the registry is plain JSON data, and says everything', () => {
  const entries = registry();
  expect(JSON.parse(JSON.stringify(entries))).toStrictEqual(entries);
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const guards = ['isAda', 'isAda'];
  expect(entries).toStrictEqual([
    {
      kind: 'action',
      patterns: ['item.select', '/^legacy/'],
      where: 'ItemController.select',
      description: 'Selects an item.',
      payload: {
        $schema,
        type: 'object',
        properties: { id: { type: 'string' } },
        required: ['id'],
        additionalProperties: false,
      },
      signed: true,
      once: false,
      guards,
      interceptors: ['timed'],
    },
    {
      kind: 'action',
      patterns: ['cart.buy'],
      where: 'ItemController.buy',
      payload: { $schema, type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
      fromWidgetOnly: true,
      guards,
      interceptors: [],
    },
    {
      kind: 'sync_action',
      patterns: ['item.*'],
      where: 'ItemController.other',
      payload: {},
      guards,
      interceptors: [],
    },
    { kind: 'action', patterns: ['item.reload'], where: 'ItemController.reload', guards, interceptors: [] },
    {
      kind: 'message',
      patterns: [],
      where: 'ItemController.search',
      tool: 'search',
      guards,
      interceptors: [],
    },
    { kind: 'message', patterns: [], where: 'Responder.reply', guards: ['isAda'], interceptors: [] },
  ]);
});

test('it is made once, when it is asked for, and frozen to the ground', () => {
  const asked: string[] = [];
  const schema = {
    '~standard': {
      version: 1 as const,
      vendor: 'acme',
      validate: () => ({ value: 1 }),
      jsonSchema: {
        input: ({ target }: { target: string }) => (asked.push(target), { anyOf: [{ type: 'string' }] }),
      },
    },
  };
  @ChatController()
  class Controller {
    @OnAction('a', { payload: schema })
    a(_payload: unknown): void {}
  }
  const table = tableOf([Controller]);
  table.action('a');
  expect(asked).toEqual([]);
  const entries = table.registry();
  expect(table.registry()).toBe(entries);
  expect(asked).toEqual(['draft-2020-12']);
  const { payload } = entries[0]!;
  const anyOf = payload?.['anyOf'] as object[];
  expect([entries, entries[0], payload, anyOf, anyOf[0]].every(Object.isFrozen)).toBe(true);
});

test('the library that converts is loaded when it is asked for, and not before', () => {
  const loaded = jest.fn(() => jest.requireActual<object>('class-validator-jsonschema'));
  jest.isolateModules(() => {
    jest.doMock('class-validator-jsonschema', loaded);
    const { tableOf: isolated } = jest.requireActual<{ tableOf: typeof tableOf }>('../routing/support');
    const table = isolated([ItemController], { signing: true });
    expect(loaded).not.toHaveBeenCalled();
    expect(table.registry()).toHaveLength(6);
    expect(loaded).toHaveBeenCalledTimes(1);
  });
});

test('an entry has the types of what it may say', () => {
  expectTypeOf<RouteInfo['payload']>().toEqualTypeOf<JsonSchema | undefined>();
  expectTypeOf<RouteInfo['schemaError']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<RouteInfo['signed']>().toEqualTypeOf<boolean | undefined>();
});
