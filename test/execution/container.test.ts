import 'reflect-metadata';
import { lastValueFrom } from 'rxjs';
import type { ChatContext } from '../../src/context';
import { ChatController, OnAction, UseFilters, UseGuards, UseInterceptors } from '../../src/decorators';
import { disposeContainer } from '../../src/execution';
import type { Class, Container, Filter, Guard, Interceptor } from '../../src/metadata';
import { handlerOf, observe, progress, recordingLogger, testContext, texts } from './support';

const action = { type: 'a' };
const made: string[] = [];
beforeEach(() => made.splice(0));

class AllowGuard implements Guard {
  constructor(readonly name?: string) {
    made.push('guard');
  }
  canActivate(): boolean {
    return this instanceof AllowGuard;
  }
}
class PassInterceptor implements Interceptor {
  constructor() {
    made.push('interceptor');
  }
  intercept: Interceptor['intercept'] = (_ctx, next) => next();
}
class TextFilter implements Filter {
  constructor() {
    made.push('filter');
  }
  catch(error: unknown) {
    return progress(`caught ${(error as Error).message}`);
  }
}

@ChatController()
@UseGuards(AllowGuard)
@UseInterceptors(PassInterceptor)
@UseFilters(TextFilter)
class Controller {
  constructor() {
    made.push('controller');
  }
  @OnAction('a')
  handle(): void {
    throw new Error('it');
  }
}

const construct = <T extends object>(type: Class<T>): T => Reflect.construct<never[], T>(type, []);

test('without a container classes are made once, when the handler is built', async () => {
  const handler = handlerOf(Controller);
  const atStartup = [...made].sort();
  expect(atStartup).toEqual(['controller', 'filter', 'guard', 'interceptor']);
  expect(await texts(handler, testContext({ action }))).toEqual(['caught it']);
  expect(made).toHaveLength(atStartup.length);
});

test.each<[string, Container]>([
  ['synchronous', { get: construct }],
  ['asynchronous', { get: async (type) => Promise.resolve(construct(type)) }],
])('a container (%s) makes everything, for each call, when it is needed', async (_title, container) => {
  const handler = handlerOf(Controller, { container });
  expect(made).toEqual([]);
  expect(await texts(handler, testContext({ action }))).toEqual(['caught it']);
  expect(made).toEqual(['guard', 'controller', 'interceptor', 'filter']);
  await texts(handler, testContext({ action }));
  expect(made).toHaveLength(8);
});

test('a function makes everything, and is given class and context', async () => {
  const container = jest.fn(construct);
  const ctx = testContext({ action });
  expect(await texts(handlerOf(Controller, { container: container as Container }), ctx)).toEqual([
    'caught it',
  ]);
  expect(container).toHaveBeenCalledWith(Controller, ctx);
  expect(made).toEqual(['guard', 'controller', 'interceptor', 'filter']);
});

// A second argument means other things to them: options, or that nothing may be found.
test.each(['get', 'resolve'])('the method %s of a container is given the class alone', async (name) => {
  const method = jest.fn(construct);
  const container = { [name]: method } as unknown as Container;
  expect(await texts(handlerOf(Controller, { container }), testContext({ action }))).toEqual(['caught it']);
  expect(method.mock.calls).toContainEqual([Controller]);
});

test('of a container with both methods, `get` is called', async () => {
  const resolve = jest.fn();
  const container = { get: construct, resolve } as Container;
  expect(await texts(handlerOf(Controller, { container }), testContext({ action }))).toEqual(['caught it']);
  expect(resolve).not.toHaveBeenCalled();
});

test('a container that is a class with static methods is no function', async () => {
  class Static {
    static readonly get = construct;
  }
  const container: Container = Static;
  expect(await texts(handlerOf(Controller, { container }), testContext({ action }))).toEqual(['caught it']);
});

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['a promise of nothing', Promise.resolve()],
  ['a class', Controller],
])('a container that gives %s is told so, with the class', async (_title, nothing) => {
  @ChatController()
  class Plain {
    @OnAction('a')
    handle() {
      return progress('plain');
    }
  }
  const container = (() => nothing) as unknown as Container;
  const caught = handlerOf(Plain, { container }).stream(testContext({ action }), observe);
  await expect(lastValueFrom(caught)).rejects.toMatchObject({
    code: 'nothing_from_container',
    message: expect.stringMatching(/for Plain\./) as string,
  });
});

test('what a container fails with is the handler’s error', async () => {
  const container: Container = {
    get: (type) => {
      if ((type as unknown) === Controller) throw new Error('nothing registered');
      return construct(type);
    },
  };
  expect(await texts(handlerOf(Controller, { container }), testContext({ action }))).toEqual([
    'caught nothing registered',
  ]);
});

describe('children', () => {
  function containerWithChildren() {
    const dispose = jest.fn();
    const child = jest.fn<object, [ChatContext]>(() => ({ get: construct, dispose }));
    const get = jest.fn(construct);
    return { container: { get, child } as unknown as Container, get, child, dispose };
  }

  test.each<[string, object]>([
    ['has `resolve`', { resolve: construct }],
    ['is a function', construct],
  ])('one may be of another form than its parent: it %s', async (_title, child) => {
    const container = { get: jest.fn(), child: () => child } as unknown as Container;
    expect(await texts(handlerOf(Controller, { container }), testContext({ action }))).toEqual(['caught it']);
  });

  test('there is one for a run, for nested responders too, disposed of when the run has ended', async () => {
    const { container, get, child, dispose } = containerWithChildren();
    const handler = handlerOf(Controller, { container });
    const ctx = testContext({ action });
    const nested = ctx.withMessage({ id: 'msg_1' } as never);
    await texts(handler, nested.withMessage({ id: 'msg_2' } as never));
    await texts(handler, ctx);
    expect(child).toHaveBeenCalledTimes(1);
    expect(child).toHaveBeenCalledWith(ctx);
    expect(get).not.toHaveBeenCalled();
    await disposeContainer(ctx);
    await disposeContainer(ctx);
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  test('another run has another', async () => {
    const { container, child } = containerWithChildren();
    const handler = handlerOf(Controller, { container });
    await texts(handler, testContext({ action }));
    await texts(handler, testContext({ action }));
    expect(child).toHaveBeenCalledTimes(2);
  });

  test('none is made for a run that needs nothing of it', async () => {
    const { container, child } = containerWithChildren();
    @ChatController()
    class Plain {
      @OnAction('a')
      handle() {
        return progress('plain');
      }
    }
    const ctx = testContext({ action });
    await texts(handlerOf(new Plain(), { container }), ctx);
    await disposeContainer(ctx);
    expect(child).not.toHaveBeenCalled();
  });

  test('one that fails to go is logged, and no rejection', async () => {
    const { container, dispose } = containerWithChildren();
    dispose.mockRejectedValue(new Error('stuck'));
    const logger = recordingLogger();
    const ctx = testContext({ action, logger });
    await texts(handlerOf(Controller, { container }), ctx);
    await expect(disposeContainer(ctx)).resolves.toBeUndefined();
    expect(logger.lines).toMatchObject([{ level: 'error', details: { err: { message: 'stuck' } } }]);
  });
});
