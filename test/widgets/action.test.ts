/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars -- these methods are there for their decorators */
import 'reflect-metadata';
import { IsString } from 'class-validator';
import { z } from 'zod';
import type { ChatContext } from '../../src/context';
import {
  ChatController,
  Context,
  createParamDecorator,
  OnAction,
  OnMessage,
  Payload,
  Sender,
} from '../../src/decorators';
import { assistantMessage } from '../../src/events';
import type { ActionConfig, WidgetItem } from '../../src/protocol';
import { buildHandlers } from '../../src/app/handlers';
import { action, ActionDefinitionError, defineAction, signMark } from '../../src/widgets';

class Select {
  @IsString() id!: string;
}
const Move = z.object({ id: z.string(), to: z.number() });
const UserId = createParamDecorator((_data: undefined, ctx) => ctx.owner, 'UserId');

@ChatController('item')
class ItemController {
  @OnAction('select')
  async *select(@Payload() _payload: Select, @Sender() _sender: WidgetItem | null) {}

  @OnAction('star', { payload: Select, sync: true })
  star(_payload: Select, _ctx: ChatContext) {}

  @OnAction('move')
  move(@Payload(Move) _payload: z.infer<typeof Move>) {}

  @OnAction('clear')
  clear() {}

  @OnAction('refresh')
  refresh(@Sender() _sender: WidgetItem | null, @Context() _ctx: ChatContext) {}

  @OnAction(['*.undo', /redo/, 'undo'])
  undo() {}

  @OnAction(defineAction('list.sort', Move))
  sort(_payload: z.infer<typeof Move>) {}

  @OnAction('late')
  late(@Sender() _sender: WidgetItem | null, @Payload() _payload: Select) {}

  @OnAction('mine')
  mine(@UserId() _userId: string, @Payload() _payload: Select) {}

  @OnAction(['hide', 'archive'])
  away(@Payload() _payload: Select) {}

  @OnAction('both', { payload: Select })
  @OnAction('both', { payload: Select, sync: true })
  both(_payload: Select) {}

  @OnAction('**')
  other() {}

  @OnMessage()
  reply() {}

  helper(_payload: Select) {}

  protected hidden(_payload: Select) {}
}

function problemOf(call: () => unknown): [string, string] {
  try {
    call();
  } catch (error) {
    if (error instanceof ActionDefinitionError) return [error.code, error.message];
    throw error;
  }
  return ['none', ''];
}

describe('action', () => {
  it('reads name and prefix off the decorators', () => {
    expect(action(ItemController, 'select', { id: 'a' })).toEqual({
      type: 'item.select',
      payload: { id: 'a' },
    });
    expect(action(ItemController, 'move', { id: 'a', to: 1 }, { loadingBehavior: 'self' })).toEqual({
      type: 'item.move',
      payload: { id: 'a', to: 1 },
      loadingBehavior: 'self',
    });
    expect(action(ItemController, 'sort', { id: 'a', to: 1 }).type).toBe('list.sort');
  });

  it('needs no payload where the method takes none', () => {
    expect(action(ItemController, 'clear')).toEqual({ type: 'item.clear' });
    expect(action(ItemController, 'refresh')).toEqual({ type: 'item.refresh' });
    expect(action(ItemController, 'undo', undefined, { loadingBehavior: 'none' })).toEqual({
      type: 'item.undo',
      loadingBehavior: 'none',
    });
  });

  it('sends the sync action to a sync handler', () => {
    expect(action(ItemController, 'star', { id: 'a' })).toEqual({
      type: 'item.star',
      payload: { id: 'a' },
      streaming: false,
    });
    const [code] = problemOf(() => action(ItemController, 'star', { id: 'a' }, { streaming: true }));
    expect(code).toBe('streaming_conflict');
  });

  it('is signed like one of a definition', () => {
    const config = action(ItemController, 'select', { id: 'a' }, { sign: ['id'], expiresIn: 1000 });
    expect(signMark(config)).toEqual({ fields: ['id'], expiresInMs: 1000 });
  });

  it('sends what the application dispatches to that very method', () => {
    const { table } = buildHandlers({
      controllers: [ItemController],
      mode: 'production',
      unknownFields: 'drop',
    });
    expect(table.action(action(ItemController, 'select', { id: 'a' }).type)?.where).toBe(
      'ItemController.select',
    );
    expect(table.syncAction(action(ItemController, 'star', { id: 'a' }).type)?.where).toBe(
      'ItemController.star',
    );
  });

  it('follows inheritance as the application does', () => {
    @ChatController('order')
    class OrderController extends ItemController {
      override async *select(_payload: Select) {} // no decorator of its own

      @OnAction('empty')
      override clear() {}
    }
    class Plain extends ItemController {}
    expect(action(OrderController, 'select', { id: 'a' }).type).toBe('order.select');
    expect(action(OrderController, 'clear').type).toBe('order.empty');
    expect(action(Plain, 'select', { id: 'a' }).type).toBe('item.select');
  });

  it('takes a function that gives the class, for modules that import each other', () => {
    const module: { Late?: typeof ItemController } = {};
    const button = (): ActionConfig => action(() => module.Late!, 'select', { id: 'a' });
    expect(problemOf(button)).toEqual(['controller_undefined', expect.stringContaining('in a function')]);
    module.Late = ItemController;
    expect(button()).toEqual({ type: 'item.select', payload: { id: 'a' } });
  });

  it('takes abstract controllers, and those whose constructor takes arguments', () => {
    @ChatController()
    abstract class Base {
      constructor(protected readonly text: string) {}
      @OnAction('base')
      act() {
        return assistantMessage(this.text);
      }
    }
    expect(action(Base, 'act')).toEqual({ type: 'base' });
  });
});

describe('action says what is wrong', () => {
  const loose = action as (...args: unknown[]) => unknown;

  @ChatController()
  class Patterns {
    @OnAction(['*', /x/]) any() {}
  }
  class Undecorated {
    @OnAction('x') act() {}
  }

  it.each([
    [
      'an undefined class',
      undefined,
      'select',
      'controller_undefined',
      /undefined.*circular.*action\(\(\) =>/,
    ],
    ['no class', {}, 'select', 'controller_undefined', /is object/],
    ['an instance', new Patterns(), 'any', 'controller_undefined', /is object/],
    [
      'a method that is not there',
      ItemController,
      'selekt',
      'handler_not_found',
      /ItemController\.selekt is not a handler/,
    ],
    ['a method without decorators', ItemController, 'helper', 'handler_not_found', /helper is not a handler/],
    ['the constructor', ItemController, 'constructor', 'handler_not_found', /not a handler/],
    ['a class that is no controller', Undecorated, 'act', 'handler_not_found', /no @ChatController/],
    ['a handler of no actions', ItemController, 'reply', 'handler_without_name', /handles no actions/],
    ['a handler of patterns', Patterns, 'any', 'handler_without_name', /patterns only/],
    [
      'a handler of two names',
      ItemController,
      'away',
      'handler_with_several_names',
      /item\.hide, item\.archive/,
    ],
    [
      'a handler of two kinds',
      ItemController,
      'both',
      'handler_with_several_names',
      /item\.both, item\.both/,
    ],
    [
      'a payload that is second',
      ItemController,
      'late',
      'payload_not_first',
      /ItemController\.late is not its first/,
    ],
    ['a payload behind one of ours', ItemController, 'mine', 'payload_not_first', /@Payload first/],
  ])('%s', (_title, controller, method, code, message) => {
    const [actual, text] = problemOf(() => loose(controller, method, { id: 'a' }));
    expect(actual).toBe(code);
    expect(text).toMatch(message);
  });

  it('a payload that the method does not take', () => {
    expect(problemOf(() => loose(ItemController, 'clear', { id: 'a' }))[0]).toBe('unexpected_payload');
    expect(problemOf(() => loose(ItemController, 'refresh', { id: 'a' }))[0]).toBe('unexpected_payload');
  });

  test('at compile time, where it can', () => {
    const wrong = (): ActionConfig[] => [
      // @ts-expect-error there is no such method
      action(ItemController, 'selekt', { id: 'a' }),
      // @ts-expect-error the method is protected
      action(ItemController, 'hidden', { id: 'a' }),
      // @ts-expect-error the payload is needed
      action(ItemController, 'select'),
      // @ts-expect-error the id is a string
      action(ItemController, 'select', { id: 1 }),
      // @ts-expect-error there is no such field
      action(ItemController, 'select', { id: 'a', idd: 'b' }),
      // @ts-expect-error there is no payload
      action(ItemController, 'clear', { id: 'a' }),
      // @ts-expect-error its first parameter is the sender
      action(ItemController, 'late', { id: 'a' }),
      // @ts-expect-error there is no such field to sign
      action(ItemController, 'select', { id: 'a' }, { sign: ['price'] }),
      // @ts-expect-error a number is no controller
      action(1, 'select', { id: 'a' }),
    ];
    expect(wrong).toBeDefined();
  });
});
