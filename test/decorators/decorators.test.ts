/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars, @typescript-eslint/class-literal-property-style -- these members are there for their decorators */
import {
  Action,
  ChatController,
  Context,
  createParamDecorator,
  OnAction,
  OnFeedback,
  OnMessage,
  OnStreamCancelled,
  OnTranscribe,
  Payload,
  Sender,
  Signal,
  StreamOptions,
  Thread,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UserMessage,
} from '../../src/decorators';
import { classMetadata, methodMetadata, type MethodMetadata } from '../../src/metadata';
import { defineAction } from '../../src/widgets';

class Dto {}
class OtherDto {}
const guardA = () => true;
const guardB = () => true;

function metadataOf(type: { prototype: object }, method: string): MethodMetadata {
  return methodMetadata((type.prototype as Record<string, () => unknown>)[method]!)!;
}

describe('on methods', () => {
  test('@OnAction writes names, patterns, RegExps and definitions with the type of the payload', () => {
    class Controller {
      @OnAction(['item.select', /x/, 'a.*'], { payload: Dto, description: 'Selects.' })
      select(_payload: Dto) {}

      @OnAction(defineAction('item.star', Dto, { sync: true }))
      star(_payload: Dto) {}

      @OnAction(defineAction('item.clear'))
      clear() {}
    }
    expect(metadataOf(Controller, 'select').handlers).toEqual([
      {
        kind: 'action',
        decorator: '@OnAction',
        patterns: ['item.select', /x/, 'a.*'],
        definedNames: [],
        payload: Dto,
        description: 'Selects.',
      },
    ]);
    expect(metadataOf(Controller, 'star').handlers).toMatchObject([
      { kind: 'sync_action', patterns: [], definedNames: ['item.star'], payload: Dto },
    ]);
    expect(metadataOf(Controller, 'clear').handlers).toMatchObject([{ payload: 'none' }]);
  });

  test('@OnAction takes kind and description from its definitions, also beside names', () => {
    const star = defineAction('star', Dto, { sync: true, description: 'Stars.' });
    class Controller {
      @OnAction(star) fromLink(_payload: Dto) {}
      @OnAction([star, 'old-star'], { sync: true, description: 'Mine.' }) agreeing(_payload: Dto) {}
      @OnAction([defineAction('a', { description: 'A.' }), defineAction('b', { description: 'B.' })]) two() {}
      @OnAction(defineAction('c')) plain() {}
    }
    const handlers = ['fromLink', 'agreeing', 'two', 'plain'].map(
      (name) => metadataOf(Controller, name).handlers[0],
    );
    expect(handlers.map((handler) => [handler?.kind, handler?.description])).toEqual([
      ['sync_action', 'Stars.'],
      ['sync_action', 'Mine.'],
      ['action', 'A. B.'],
      ['action', undefined],
    ]);
  });

  test('several decorators on one method add up in the order of reading', () => {
    class Controller {
      @OnAction('first')
      @OnAction('second')
      @UseGuards(guardA)
      @UseGuards(guardB)
      handle() {}
    }
    const { handlers, guards } = metadataOf(Controller, 'handle');
    expect(handlers.map(({ patterns }) => patterns[0])).toEqual(['first', 'second']);
    expect(guards).toEqual([guardA, guardB]);
  });

  test('every handler decorator writes its kind', () => {
    class Controller {
      @OnMessage({ tool: 'search', model: 'large' }) message() {}
      @OnFeedback() feedback() {}
      @OnTranscribe() transcribe(): never {
        throw new Error('never called');
      }
      @OnStreamCancelled() cancelled() {}
      @StreamOptions() options(): never {
        throw new Error('never called');
      }
    }
    const kinds = ['message', 'feedback', 'transcribe', 'cancelled', 'options'].map(
      (method) => metadataOf(Controller, method).handlers[0],
    );
    expect(kinds.map((handler) => handler?.kind)).toEqual([
      'message',
      'feedback',
      'transcribe',
      'stream_cancelled',
      'stream_options',
    ]);
    expect(kinds[0]).toMatchObject({ tool: 'search', model: 'large' });
  });

  test('what parameter decorators wrote survives a decorator below ours that wraps the method', () => {
    const wraps: MethodDecorator = (_target, _key, descriptor) => {
      const original = descriptor.value as unknown as (...args: unknown[]) => unknown;
      const wrapper = function (this: unknown, ...args: unknown[]) {
        return original.apply(this, args);
      };
      return { ...descriptor, value: wrapper as never };
    };
    class Controller {
      @OnAction('x')
      @wraps
      handle(@Sender() _sender: unknown) {}
    }
    expect([...metadataOf(Controller, 'handle').params.keys()]).toEqual([0]);
    expect(metadataOf(Controller, 'handle').handlers).toHaveLength(1);
  });

  test('a method of a symbol name is a method like any other', () => {
    const name = Symbol('select');
    class Controller {
      @OnAction('x')
      [name]() {}
    }
    expect(methodMetadata(Controller.prototype[name])?.handlers).toHaveLength(1);
  });
});

describe('on classes', () => {
  test('@ChatController writes its prefix, and @Use… add to the class', () => {
    const interceptor = (_ctx: unknown, next: () => never) => next();
    const filter = () => undefined;
    @UseFilters(filter)
    @UseGuards(guardA)
    @ChatController('item')
    @UseGuards(guardB)
    @UseInterceptors(interceptor)
    class Controller {}
    expect(classMetadata(Controller)).toEqual({
      controller: { prefix: 'item' },
      guards: [guardA, guardB],
      interceptors: [interceptor],
      filters: [filter],
    });
  });
});

describe('on parameters', () => {
  test('each writes its source by position', () => {
    class Controller {
      handle(
        @Payload(Dto) _a: unknown,
        @Sender() _b: unknown,
        @Thread() _c: unknown,
        @Action() _d: unknown,
        @Context() _e: unknown,
        @UserMessage() _f: unknown,
        @Signal() _g: unknown,
      ) {}
    }
    const { params } = metadataOf(Controller, 'handle');
    expect([...params.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([0, 1, 2, 3, 4, 5, 6].map((index) => params.get(index)?.kind)).toEqual([
      'payload',
      'sender',
      'thread',
      'action',
      'context',
      'message',
      'signal',
    ]);
    expect(params.get(0)).toMatchObject({ type: Dto });
  });

  test('createParamDecorator hands data and context to the resolver', () => {
    const Field = createParamDecorator((field: string, ctx) => [field, ctx.requestId], 'Field');
    class Controller {
      handle(@Field('name') _name: unknown) {}
    }
    const source = metadataOf(Controller, 'handle').params.get(0);
    expect(source).toMatchObject({ kind: 'custom', decorator: '@Field' });
    expect(source?.kind === 'custom' && source.resolve({ requestId: 'r' } as never)).toEqual(['name', 'r']);
  });
});

describe('misuse is a TypeError that names decorator, class and method', () => {
  // As a caller without types would use them.
  type Loose = (...args: unknown[]) => (...place: unknown[]) => void;
  const loose = (decorator: unknown): Loose => decorator as Loose;
  class Controller {
    static make() {}
    select() {}
    get size() {
      return 0;
    }
  }
  const place = (name: string): [object, string, PropertyDescriptor | undefined] => [
    Controller.prototype,
    name,
    Object.getOwnPropertyDescriptor(Controller.prototype, name),
  ];

  test.each<[string, () => void, RegExp]>([
    [
      'an action without a name',
      () => loose(OnAction)([])(...place('select')),
      /^@OnAction on Controller\.select: it names no action/,
    ],
    [
      'an action named by undefined',
      () => loose(OnAction)(undefined)(...place('select')),
      /@OnAction on Controller\.select: .*circular import/,
    ],
    [
      'a payload that is no type',
      () => loose(OnAction)('x', { payload: 'dto' })(...place('select')),
      /@OnAction on Controller\.select: payload must be/,
    ],
    [
      'sync that is no boolean',
      () => loose(OnAction)('x', { sync: 'yes' })(...place('select')),
      /@OnAction on Controller\.select: sync/,
    ],
    [
      'once that is no boolean',
      () => loose(OnAction)('x', { once: 1 })(...place('select')),
      /@OnAction on Controller\.select: once/,
    ],
    [
      'signed that is neither a boolean nor a list',
      () => loose(OnAction)('x', { signed: 'id' })(...place('select')),
      /@OnAction on Controller\.select: signed/,
    ],
    [
      'signed with a field that has no name',
      () => loose(OnAction)('x', { signed: ['id', 1] })(...place('select')),
      /@OnAction on Controller\.select: signed/,
    ],
    [
      'a description that is no string',
      () => loose(OnAction)('x', { description: 1 })(...place('select')),
      /@OnAction on Controller\.select: description/,
    ],
    [
      'definitions that differ in their payload',
      () =>
        OnAction([defineAction('a', Dto), defineAction('b', OtherDto)])(
          ...(place('select') as [object, string, never]),
        ),
      /@OnAction on Controller\.select: its action definitions differ/,
    ],
    [
      'definitions of which some are sync',
      () =>
        loose(OnAction)([defineAction('a', Dto), defineAction('b', Dto, { sync: true })])(...place('select')),
      /@OnAction on Controller\.select: some of its action definitions are sync/,
    ],
    [
      'a sync definition and sync: false',
      () => loose(OnAction)(defineAction('a', { sync: true }), { sync: false })(...place('select')),
      /@OnAction on Controller\.select: its action definition is sync/,
    ],
    [
      'a streaming definition and sync: true',
      () => loose(OnAction)(defineAction('a'), { sync: true })(...place('select')),
      /@OnAction on Controller\.select: its action definition sends the streaming.*defineAction\(name, type, \{ sync: true \}\)/,
    ],
    [
      'an empty tool',
      () => loose(OnMessage)({ tool: '' })(...place('select')),
      /@OnMessage on Controller\.select: tool/,
    ],
    [
      'no guard at all',
      () => loose(UseGuards)()(...place('select')),
      /@UseGuards on Controller\.select: it has no arguments/,
    ],
    [
      'a guard that is none',
      () => loose(UseGuards)({})(...place('select')),
      /@UseGuards on Controller\.select: .*canActivate/,
    ],
    [
      'an interceptor that is none',
      () => loose(UseInterceptors)('x')(Controller),
      /@UseInterceptors on Controller: .*intercept/,
    ],
    [
      'a filter that is none',
      () => loose(UseFilters)(null)(Controller),
      /@UseFilters on Controller: .*catch/,
    ],
    [
      'a handler decorator on a static method',
      () => loose(OnAction)('x')(Controller, 'make', Object.getOwnPropertyDescriptor(Controller, 'make')),
      /@OnAction on Controller\.make: the method is static/,
    ],
    [
      'a handler decorator on an accessor',
      () => loose(OnAction)('x')(...place('size')),
      /@OnAction on Controller\.size: .*accessor/,
    ],
    [
      'a handler decorator on a property',
      () => loose(OnFeedback)()(Controller.prototype, 'missing', undefined),
      /@OnFeedback on Controller\.missing: .*property/,
    ],
    [
      'a handler decorator on a class',
      () => loose(OnAction)('x')(Controller),
      /@OnAction on Controller: .*method/,
    ],
    [
      '@ChatController on a method',
      () => loose(ChatController)()(...place('select')),
      /@ChatController on .*: it belongs on a class/,
    ],
    [
      'a prefix that is no string',
      () => loose(ChatController)(1)(Controller),
      /@ChatController on Controller: the prefix/,
    ],
    [
      'a parameter decorator on the constructor',
      () => loose(Payload)()(Controller, undefined, 0),
      /@Payload on Controller: .*constructor/,
    ],
    [
      'a parameter decorator on a static method',
      () => loose(Payload)()(Controller, 'make', 0),
      /@Payload on Controller\.make: the method is static/,
    ],
    [
      'a payload of a type that is none',
      () => loose(Payload)({})(Controller.prototype, 'select', 0),
      /@Payload on Controller\.select: the type must be/,
    ],
    [
      'a parameter decorated twice',
      () => {
        class Twice {
          handle(@Sender() @Thread() _x: unknown) {}
        }
        return Twice;
      },
      /@Sender on Twice\.handle: parameter 0 is decorated twice/,
    ],
    [
      '@ChatController twice',
      () => {
        @ChatController()
        @ChatController()
        class Twice {}
        return Twice;
      },
      /@ChatController on Twice: it is used twice/,
    ],
    [
      'a resolver that is no function',
      () => loose(createParamDecorator)('x'),
      /createParamDecorator: the resolver must be a function/,
    ],
  ])('%s', (_title, use, message) => {
    expect(use).toThrow(TypeError);
    expect(use).toThrow(message);
  });
});
