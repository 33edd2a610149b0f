/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars -- these methods are there for their decorators */
import 'reflect-metadata';
import { Type } from 'class-transformer';
import { Allow, IsInt, IsString, ValidateNested } from 'class-validator';
import { z } from 'zod';
import type { ChatContext } from '../../src/context';
import {
  ChatController,
  Context,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  Payload,
  Sender,
  Thread,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '../../src/decorators';
import { StartupError } from '../../src/errors';
import type { Class, Container, InjectableClass } from '../../src/metadata';
import { buildHandlers } from '../../src/app/handlers';
import { defineAction } from '../../src/widgets';
import { problemsOf, Responder, summary, tableOf } from '../routing/support';

class Dto {
  @IsString() id!: string;
}
class OtherDto {
  @IsInt() count!: number;
}

describe('controllers', () => {
  test('none at all', () => {
    expect(summary(problemsOf([], { controllers: [] }))).toEqual(['no_controllers at ', 'no_responder at ']);
    expect(summary(problemsOf([], { controllers: undefined as never }))).toContain('no_controllers at ');
  });

  test.each([
    [undefined],
    [null],
    ['ItemController'],
    [{}],
    [[Responder]],
    [() => undefined],
    [Object.create(null)],
  ])('%p is neither a class nor an instance', (controller) => {
    const problems = problemsOf([controller as never]);
    expect(summary(problems)).toEqual(['not_a_controller at ']);
    expect(problems[0]?.message).toContain('controllers[0]');
  });

  test('a class without @ChatController, and one without any handler', () => {
    class Undecorated {
      @OnAction('a')
      handle() {}
    }
    @ChatController()
    class Empty {
      helper() {}
    }
    const problems = problemsOf([Undecorated, Empty]);
    expect(summary(problems)).toEqual([
      'controller_undecorated at Undecorated',
      'controller_without_handlers at Empty',
    ]);
    expect(problems[0]?.fix).toContain('@ChatController()');
  });

  test('a method with decorators of ours, none of which makes it a handler', () => {
    @ChatController()
    class Controller {
      @OnAction('a')
      handle() {}
      @UseGuards(() => true)
      guarded() {}
      decorated(@Payload() _payload: Dto) {}
    }
    expect(summary(problemsOf([Controller]))).toEqual([
      'handler_decorator_missing at Controller.guarded',
      'handler_decorator_missing at Controller.decorated',
    ]);
  });

  test('constructor arguments without a container or an instance', () => {
    @ChatController()
    class Controller {
      constructor(readonly service: object) {}
      @OnAction('a')
      handle() {}
    }
    expect(summary(problemsOf([Controller]))).toEqual(['controller_needs_container at Controller']);
    expect(problemsOf([new Controller({})])).toEqual([]);
    const container = { get: <T extends object>(type: Class<T>) => Reflect.construct(type, [{}]) as T };
    expect(problemsOf([Controller], { container })).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['null', null, /is null with neither `get` nor `resolve`/],
    ['a number', 5, /is a number with neither/],
    ['an object without methods', { make: () => ({}) }, /is an object with neither/],
    ['a `get` that is no function', { get: {} }, /is an object with neither/],
    [
      'a class, and not an instance of it',
      class Injector {},
      /is a class, Injector, and not an instance of it/,
    ],
    ['a promise', Promise.resolve({ get: () => ({}) }), /is a promise; await it/],
    ['Awilix', { cradle: {}, build: () => ({}), resolve: () => ({}) }, /\(Class\) => awilix\.build\(Class\)/],
  ])('a container that is %s', (_, container, message) => {
    const problems = problemsOf([], { container: container as Container });
    expect(summary(problems)).toEqual(['bad_container at ']);
    expect(problems[0]!.message).toMatch(message);
    expect(problems[0]!.fix).toContain('(Class, ctx) => instance');
  });

  test.each<[string, Container]>([
    ['an object with `get`', { get: (type) => new type() }],
    ['an object with `resolve`', { resolve: (type) => new type() }],
    [
      'a class with a static `get`',
      class {
        static get = <T extends object>(type: InjectableClass<T>) => new type();
      },
    ],
    ['a function', (type) => new type()],
  ])('%s is a container', (_, container) => {
    expect(problemsOf([], { container })).toEqual([]);
  });

  test('the same one twice', () => {
    @ChatController()
    class Controller {
      @OnAction('a')
      handle() {}
    }
    expect(summary(problemsOf([Controller, Controller]))).toEqual(['duplicate_controller at Controller']);
    expect(summary(problemsOf([new Controller(), new Controller()]))).toEqual([
      'duplicate_pattern at Controller.handle',
    ]);
  });
});

describe('patterns', () => {
  test.each([
    ['', /^the pattern "" has an empty segment/],
    ['item.', /empty segment/],
    ['item..select', /empty segment/],
    ['item.sel*', /"sel\*"/],
    ['item.***', /"\*\*\*"/],
    ['a'.repeat(257), /longer than 256/],
    [Array(17).fill('a').join('.'), /16 segments/],
    [/a/g, /flag g or y/],
    [/a/iy, /flag g or y/],
  ])('%s can never be used', (pattern, message) => {
    @ChatController()
    class Controller {
      @OnAction(pattern)
      handle() {}
    }
    const problems = problemsOf([Controller]);
    expect(summary(problems)).toEqual(['invalid_pattern at Controller.handle']);
    expect(problems[0]?.message).toMatch(message);
  });

  test('the same exact name twice in the application', () => {
    @ChatController('item')
    class First {
      @OnAction('select')
      select() {}
    }
    @ChatController()
    class Second {
      @OnAction('item.select')
      chosen() {}
      @OnAction('item.select', { sync: true })
      sync() {}
    }
    const problems = problemsOf([First, Second]);
    expect(summary(problems)).toEqual(['duplicate_pattern at Second.chosen']);
    expect(problems[0]?.message).toMatch(/^the action "[\w.]+" is handled by First/);
    expect(problems[0]?.message).toContain('First.select');
  });

  test('globs and RegExps that others keep from being reached', () => {
    @ChatController()
    class Controller {
      @OnAction(['item.*', /^x/])
      first() {}
      @OnAction(['item.*', /^x/])
      second() {}
    }
    @ChatController()
    class CatchAll {
      @OnAction('**')
      everything() {}
    }
    expect(summary(problemsOf([Controller]))).toEqual([
      'unreachable_pattern at Controller.second',
      'unreachable_pattern at Controller.second',
    ]);
    expect(summary(problemsOf([Controller, CatchAll]))).toContain('unreachable_pattern at Controller.first');
  });

  test('the same pattern twice on one handler is one', () => {
    @ChatController()
    class Controller {
      @OnAction(['a', 'a', defineAction('a')])
      handle() {}
    }
    expect(problemsOf([Controller])).toEqual([]);
  });
});

describe('handlers of which there is one', () => {
  test('two for feedback, two plain responders, one tool twice', () => {
    @ChatController()
    class Controller {
      @OnFeedback() first() {}
      @OnFeedback() second() {}
      @OnMessage() plain() {}
      @OnMessage({ tool: 'search' }) search() {}
      @OnMessage({ tool: 'search' }) searchAgain() {}
      @OnMessage({ tool: 'search', model: 'large' }) searchLarge() {}
    }
    const problems = problemsOf([Controller]);
    expect(summary(problems)).toEqual([
      'duplicate_handler at Controller.second',
      'duplicate_responder at Controller.searchAgain',
      'duplicate_responder at Responder.reply',
    ]);
    expect(problems[0]?.message).toContain('@OnFeedback is on Controller.first already');
  });

  test('no responder but for certain tools', () => {
    @ChatController()
    class Controller {
      @OnMessage({ tool: 'search' }) search() {}
    }
    expect(summary(problemsOf([], { controllers: [Controller] }))).toEqual(['no_responder at ']);
  });
});

describe('payloads', () => {
  test('a type that reflection cannot see', () => {
    interface Shape {
      id: string;
    }
    @ChatController()
    class Controller {
      @OnAction('a') anInterface(@Payload() _payload: Shape) {}
      @OnAction('b') aUnion(@Payload() _payload: Dto | OtherDto) {}
      @OnAction('c') anUnknown(@Payload() _payload: unknown) {}
      @OnAction('d') nothing(@Payload() _payload: undefined) {}
    }
    const problems = problemsOf([Controller]);
    expect(problems.map(({ code }) => code)).toEqual(Array(4).fill('payload_type_invisible'));
    for (const word of ['interface', 'union', 'import type', 'circular import']) {
      expect(problems[0]?.message).toContain(word);
    }
    for (const word of ['@Payload(Dto)', '{ payload: Dto }', 'Standard Schema', "'unchecked'"]) {
      expect(problems[0]?.fix).toContain(word);
    }
  });

  describe('no emitted types at all', () => {
    class Controller {
      handle(_payload: Dto) {}
    }
    // As a compiler without emitDecoratorMetadata leaves it.
    Payload()(Controller.prototype, 'handle', 0);
    OnAction('a')(
      Controller.prototype,
      'handle',
      Object.getOwnPropertyDescriptor(Controller.prototype, 'handle') as TypedPropertyDescriptor<() => void>,
    );
    ChatController()(Controller);

    test('names the compilers, the flag and the import', () => {
      const problems = problemsOf([Controller]);
      expect(summary(problems)).toEqual(['payload_type_invisible at Controller.handle']);
      for (const word of ['esbuild', 'tsx', 'emitDecoratorMetadata', 'reflect-metadata']) {
        expect(problems[0]?.message).toContain(word);
      }
      for (const word of ['tsconfig.json', "import 'reflect-metadata'", '@Payload(Dto)']) {
        expect(problems[0]?.fix).toContain(word);
      }
    });

    test('says so where reflect-metadata is not loaded', () => {
      const { getMetadata } = Reflect;
      try {
        Reflect.deleteProperty(Reflect, 'getMetadata');
        const [problem] = problemsOf([Controller]);
        expect(problem?.message).toContain(
          'reflect-metadata, which stores the types that the compiler emits, is not loaded',
        );
        expect(problem?.fix).toMatch(/^Put `import 'reflect-metadata';` first .*\nName the type/);
      } finally {
        Object.defineProperty(Reflect, 'getMetadata', {
          value: getMetadata,
          configurable: true,
          writable: true,
        });
      }
    });
  });

  test('types that cannot be validated', () => {
    @ChatController()
    class Controller {
      @OnAction('a') text(@Payload() _payload: string) {}
      @OnAction('b') list(@Payload() _payload: string[]) {}
      @OnAction('c') given(@Payload(Number) _payload: unknown) {}
      @OnAction('d', { payload: Object }) options(_payload: object) {}
    }
    expect(
      problemsOf([Controller]).map(({ code, message }) => [code, /is (\w+),/.exec(message)?.[1]]),
    ).toEqual([
      ['payload_type_built_in', 'String'],
      ['payload_type_built_in', 'Array'],
      ['payload_type_built_in', 'Number'],
      ['payload_type_built_in', 'Object'],
    ]);
  });

  test('an undecorated method that takes a payload of no known type', () => {
    @ChatController()
    class Controller {
      @OnAction('a') one(_payload: Dto) {}
      @OnAction('b') optional(_payload = new Dto()) {}
      @OnAction('c') none() {}
      @OnAction('d', { payload: 'unchecked' }) unchecked(_payload: unknown) {}
      @OnAction('e', { payload: z.object({}) }) schema(_payload: object) {}
      @OnAction(defineAction('f', Dto)) link(_payload: Dto) {}
      @OnAction(defineAction('g')) linkWithout(_payload: undefined, _ctx: ChatContext) {}
      @OnAction('h', { sync: true }) sync(_payload: Dto) {}
    }
    expect(problemsOf([Controller])[0]?.fix).toContain('(@Context() ctx: ChatContext)');
    expect(summary(problemsOf([Controller]))).toEqual([
      'payload_type_missing at Controller.one',
      'payload_type_missing at Controller.optional',
      'payload_type_missing at Controller.sync',
    ]);
  });

  test('types that contradict each other', () => {
    class Narrow extends Dto {}
    @ChatController()
    class Controller {
      // @ts-expect-error the compiler sees it too
      @OnAction(defineAction('a', OtherDto)) link(@Payload() _payload: Dto) {}
      // @ts-expect-error the compiler sees it too
      @OnAction('b', { payload: OtherDto }) options(@Payload(Dto) _payload: Dto) {}
      @OnAction(defineAction('c')) without(@Payload() _payload: Dto) {}
      @OnAction(defineAction('d', Narrow)) narrower(@Payload() _payload: Dto) {}
      @OnAction(defineAction('e', z.object({ id: z.string() }))) schema(
        @Payload() _payload: { id: string },
      ) {}
      @OnAction('f') given(@Payload(OtherDto) _payload: Dto) {}
      @OnAction(defineAction('g', OtherDto)) later(@Sender() _sender: unknown, @Payload() _payload: Dto) {}
    }
    expect(summary(problemsOf([Controller]))).toEqual([
      'payload_type_conflict at Controller.link',
      'payload_type_conflict at Controller.options',
      'payload_type_conflict at Controller.without',
      'payload_type_conflict at Controller.given',
      'payload_type_conflict at Controller.later',
    ]);
  });

  test('a class as the parameter of what a schema validates', () => {
    class Money {
      constructor(readonly cents: number) {}
    }
    const cents = z.number().transform((value) => new Money(value));
    @ChatController()
    class Controller {
      @OnAction(defineAction('a', z.object({ id: z.string() }))) validated(@Payload() _payload: Dto) {}
      @OnAction(defineAction('b', z.object({ id: z.string() }))) undecorated(_payload: Dto) {}
      @OnAction(defineAction('c', cents)) made(@Payload() _payload: Money) {}
      @OnAction(defineAction('d', cents)) madeUndecorated(_payload: Money) {}
    }
    const problems = problemsOf([Controller]);
    expect(summary(problems)).toEqual([
      'payload_type_conflict at Controller.validated',
      'payload_type_conflict at Controller.undecorated',
    ]);
    expect(problems[0]?.message).toBe(
      "the payload is validated as a schema, but the parameter's type is Dto.",
    );
  });

  test('the class of an undecorated parameter, where the compiler emitted it', () => {
    class Alike {
      @IsString() id!: string;
    }
    @ChatController()
    class Controller {
      @OnAction(defineAction('a')) without(_payload: Dto) {}
      @OnAction(defineAction('b', Dto)) alike(_payload: Alike) {}
      @OnAction(defineAction('c', Dto)) shape(_payload: { id: string }) {}
      @OnAction('d', { payload: 'unchecked' }) unchecked(_payload: Dto) {}
    }
    const problems = problemsOf([Controller]);
    expect(summary(problems)).toEqual([
      'payload_type_conflict at Controller.without',
      'payload_type_conflict at Controller.alike',
    ]);
    expect(problems[0]?.fix).toContain('defineAction(name, Dto)');
  });

  test('@Payload twice, and @Payload where there is none', () => {
    @ChatController()
    class Controller {
      @OnAction('a') twice(@Payload() _a: Dto, @Payload() _b: Dto) {}
      @OnMessage({ tool: 'x' }) message(@Payload() _payload: Dto) {}
      @OnTranscribe() transcribe(@Thread() _thread: unknown): never {
        throw new Error('never called');
      }
    }
    expect(summary(problemsOf([Controller]))).toEqual([
      'duplicate_payload at Controller.twice',
      'payload_outside_action at Controller.message',
      'thread_in_transcription at Controller.transcribe',
    ]);
  });
});

describe('DTOs', () => {
  class Bare {
    id!: string;
  }
  class Inheriting extends Dto {}
  class Untyped {
    @ValidateNested() inner!: Dto;
  }
  class UntypedList {
    @ValidateNested({ each: true }) inner!: Dto[];
  }
  class Typed {
    @ValidateNested() @Type(() => Dto) one!: Dto;
    @ValidateNested({ each: true }) @Type(() => Dto) many!: Dto[];
    @ValidateNested({ each: true }) @Type(() => Dto) set!: Set<Dto>;
    @ValidateNested({ each: true }) @Type(() => Dto) map!: Map<string, Dto>;
  }
  class NestedBare {
    @ValidateNested() @Type(() => Bare) inner!: Bare;
  }
  class Deep {
    @ValidateNested({ each: true }) @Type(() => Untyped) inner!: Untyped[];
  }
  class Recursive {
    @ValidateNested({ each: true }) @Type(() => Recursive) children!: Recursive[];
  }
  class Free {
    @Allow() anything: unknown;
  }
  class Needy {
    @IsString() id: string;
    constructor(given: { id: string }) {
      this.id = given.id;
    }
  }
  class Copying {
    @IsString() id!: string;
    constructor(given?: Partial<Copying>) {
      Object.assign(this, given);
    }
  }
  class HoldsNeedy {
    @ValidateNested({ each: true }) @Type(() => Needy) inner!: Needy[];
  }
  class NamesNeedy {
    @Allow() @Type(() => Needy) inner: unknown;
  }
  class Either {
    @ValidateNested()
    @Type(() => Dto, {
      discriminator: {
        property: 'kind',
        subTypes: [
          { name: 'needy', value: Needy },
          { name: 'bare', value: Bare },
        ],
      },
    })
    inner!: Needy | Bare;
  }

  function problemsOfDto(dto: Class): string[] {
    @ChatController()
    class Controller {
      @OnAction('a', { payload: dto })
      handle(_payload: unknown) {}
    }
    return problemsOf([Controller]).map(
      ({ code, message }) => `${code}: ${message.split(/ has | when /)[0] ?? ''}`,
    );
  }

  test.each<[string, Class, string[]]>([
    ['without a validator', Bare, ['dto_without_validators: Bare']],
    ['with inherited validators', Inheriting, []],
    ['with @Allow', Free, []],
    ['with @ValidateNested and no @Type', Untyped, ['nested_without_type: Untyped.inner']],
    ['with @ValidateNested of each and no @Type', UntypedList, ['nested_without_type: UntypedList.inner']],
    ['with @Type', Typed, []],
    [
      'with a nested class that has no validator',
      NestedBare,
      ['dto_without_validators: Bare in NestedBare.inner'],
    ],
    ['with a nested class that lacks @Type', Deep, ['nested_without_type: Untyped.inner']],
    ['that contains itself', Recursive, []],
    [
      'whose constructor needs its arguments',
      Needy,
      ['dto_constructor_throws: the constructor of Needy throws'],
    ],
    ['whose constructor can do without', Copying, []],
    [
      'with a nested class whose constructor needs its arguments',
      HoldsNeedy,
      ['dto_constructor_throws: the constructor of Needy in HoldsNeedy.inner throws'],
    ],
    [
      'with another class whose constructor needs its arguments',
      NamesNeedy,
      ['dto_constructor_throws: the constructor of Needy in NamesNeedy throws'],
    ],
    [
      'that is told apart by a property',
      Either,
      [
        'dto_without_validators: Bare in Either.inner',
        'dto_constructor_throws: the constructor of Needy in Either.inner throws',
      ],
    ],
  ])('one %s', (_title, dto, expected) => {
    expect(problemsOfDto(dto)).toEqual(expected);
  });
});

describe('methods', () => {
  test('a generator where one value is the answer', () => {
    @ChatController()
    class Controller {
      // @ts-expect-error a sync action returns one value
      @OnAction('a', { sync: true }) *plain() {}
      // @ts-expect-error a sync action returns one value
      @OnAction('b', { sync: true }) async *asynchronous() {}
      // @ts-expect-error feedback returns nothing
      @OnFeedback() *feedback() {}
      @OnAction('c') *streaming() {}
      @OnMessage({ tool: 'x' }) async *message() {}
    }
    expect(summary(problemsOf([Controller]))).toEqual([
      'generator_not_allowed at Controller.plain',
      'generator_not_allowed at Controller.asynchronous',
      'generator_not_allowed at Controller.feedback',
    ]);
  });

  test('some parameters decorated and others not', () => {
    @ChatController()
    class Controller {
      @OnAction('a') last(@Payload() _payload: Dto, _ctx: ChatContext) {}
      @OnAction('b') first(_payload: Dto, @Context() _ctx: ChatContext) {}
      @OnAction('c') all(@Sender() _sender: unknown, @Context() _ctx: ChatContext) {}
      @OnAction('d') defaults(@Sender() _sender: unknown, _limit = 10) {}
    }
    const problems = problemsOf([Controller]);
    expect(summary(problems)).toEqual([
      'mixed_parameters at Controller.last',
      'mixed_parameters at Controller.first',
    ]);
    expect(problems[0]?.message).toContain('position 2');
  });
});

describe('guards, interceptors and filters', () => {
  class NeedyGuard {
    constructor(readonly roles: object) {}
    canActivate() {
      return true;
    }
  }

  test('a class that wants arguments, reported once', () => {
    @ChatController()
    @UseGuards(NeedyGuard)
    class Controller {
      @OnAction('a') a() {}
      @OnAction('b') b() {}
    }
    expect(summary(problemsOf([Controller]))).toEqual(['enhancer_needs_container at Controller.a']);
    const container = { get: <T extends object>(type: Class<T>) => Reflect.construct(type, [{}]) as T };
    expect(problemsOf([Controller], { container })).toEqual([]);
  });

  test('functions with parameters and objects are no classes', () => {
    @ChatController()
    @UseGuards(function guard(ctx: ChatContext) {
      return ctx.owner !== '';
    })
    @UseInterceptors({ intercept: (_ctx, next) => next() })
    @UseFilters((_error: unknown, _ctx: ChatContext) => undefined)
    class Controller {
      @OnAction('a') a() {}
    }
    expect(problemsOf([Controller])).toEqual([]);
  });

  test('options of the application that are none', () => {
    const problems = problemsOf([], {
      guards: [undefined as never],
      interceptors: [{} as never],
      filters: ['x' as never],
    });
    expect(problems.map(({ code }) => code)).toEqual([
      'invalid_guard',
      'invalid_interceptor',
      'invalid_filter',
    ]);
  });
});

describe('the error', () => {
  @ChatController()
  class Wrong {
    @OnAction('a.') first(_payload: Dto) {}
    // @ts-expect-error a sync action returns one value
    @OnAction('b', { sync: true }) *second() {}
  }

  test('lists all problems at once, those of the options first, each with its fix', () => {
    const extra = { code: 'no_owner', where: '', message: 'who owns what?', fix: 'Say owner.' };
    let error: unknown;
    try {
      buildHandlers({ controllers: [Wrong], mode: 'production', unknownFields: 'drop' }, [extra]);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(StartupError);
    const { problems, message } = error as StartupError;
    expect(problems.map(({ code }) => code)).toEqual([
      'no_owner',
      'payload_type_missing',
      'generator_not_allowed',
      'invalid_pattern',
      'no_responder',
    ]);
    for (const problem of problems) {
      expect(problem.fix).not.toBe('');
      expect(message).toContain(problem.fix);
    }
    expect(message).toContain('Wrong.first');
  });

  test('comes of extra problems alone', () => {
    const extra = { code: 'no_owner', where: '', message: 'who?', fix: 'Say.' };
    expect(() =>
      buildHandlers({ controllers: [Responder], mode: 'production', unknownFields: 'drop' }, [extra]),
    ).toThrow(StartupError);
  });

  test('does not come of a correct application', () => {
    expect(tableOf([]).registry()).toHaveLength(1);
  });
});
