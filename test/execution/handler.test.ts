/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars -- what is under test stands around these methods */
import 'reflect-metadata';
import { IsString } from 'class-validator';
import { concat, defer, map, Observable, of, retry, tap, throwError, timer, switchMap } from 'rxjs';
import type { ChatContext, EventDraft } from '../../src/context';
import {
  Action,
  ChatController,
  Context,
  createParamDecorator,
  OnAction,
  OnFeedback,
  OnMessage,
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
import { ForbiddenError, InvalidPayloadError, NotFoundError } from '../../src/errors';
import type { InterceptorFunction } from '../../src/metadata';
import type { UserMessageItem, WidgetItem } from '../../src/protocol';
import { failure, handlerOf, observe, progress, testContext, texts, thread } from './support';

class Select {
  @IsString() id!: string;
}
const action = { type: 'a', payload: { id: 'x' } };

/** An interceptor that writes its name around what passes. */
const named =
  (name: string): InterceptorFunction =>
  (_ctx, next) =>
    concat(of(progress(`${name}>`)), next(), of(progress(`<${name}`)));

describe('arguments', () => {
  test('decorated parameters get what they ask for', async () => {
    const Owner = createParamDecorator((suffix: string, ctx) => ctx.owner + suffix);
    @ChatController()
    class Controller {
      @OnAction('a', { sync: true })
      handle(
        @Signal() signal: unknown,
        @Payload() payload: Select,
        @Sender() sender: unknown,
        @Thread() itsThread: unknown,
        @Action() itsAction: unknown,
        @Context() ctx: unknown,
        @UserMessage() message: unknown,
        @Owner('!') owner: unknown,
      ) {
        return { signal, payload, sender, itsThread, itsAction, ctx, message, owner } as never;
      }
    }
    const ctx = testContext({ action });
    ctx.sender = { id: 'wig_1' } as WidgetItem;
    expect(await handlerOf(Controller).call(ctx)).toEqual({
      signal: ctx.signal,
      payload: { id: 'x' },
      sender: ctx.sender,
      itsThread: thread,
      itsAction: action,
      ctx,
      message: null,
      owner: 'ada!',
    });
  });

  test('what a parameter decorator promises is awaited, and what it throws is the handler’s error', async () => {
    const Later = createParamDecorator(async () => Promise.resolve('later'));
    const Fails = createParamDecorator(async () => Promise.reject(new NotFoundError('No cart.')));
    @ChatController()
    class Controller {
      @OnAction('a')
      later(@Later() value: string) {
        return progress(value);
      }
      @OnAction('b')
      fails(@Fails() value: string) {
        return progress(value);
      }
    }
    expect(await texts(handlerOf(Controller, {}, 'later'), testContext({ action }))).toEqual(['later']);
    await expect(texts(handlerOf(Controller, {}, 'fails'), testContext({ action }))).rejects.toThrow(
      'No cart.',
    );
  });

  test('undecorated methods get the input of their kind and the context', async () => {
    @ChatController()
    class Controller {
      @OnAction('a', { payload: Select })
      action(payload: Select, ctx: ChatContext) {
        return progress(`${payload.id} ${ctx.owner}`);
      }
      @OnMessage()
      message(message: UserMessageItem | null, ctx: ChatContext) {
        return progress(`${String(message?.id)} ${ctx.owner}`);
      }
      @OnFeedback()
      feedback(...args: unknown[]) {
        return args as never;
      }
      @StreamOptions()
      options(...args: unknown[]) {
        return args as never;
      }
    }
    const ctx = testContext({ action });
    ctx.message = { id: 'msg_1' } as UserMessageItem;
    expect(await texts(handlerOf(Controller, {}, 'action'), ctx)).toEqual(['x ada']);
    expect(await texts(handlerOf(Controller, {}, 'message'), ctx)).toEqual(['msg_1 ada']);
    const feedback = { kind: 'positive' };
    expect(await handlerOf(Controller, {}, 'feedback').call(ctx, feedback)).toEqual([feedback, ctx]);
    expect(await handlerOf(Controller, {}, 'options').call(ctx)).toEqual([thread, ctx]);
  });

  test('this is the controller', async () => {
    @ChatController()
    class Controller {
      private readonly name = 'mine';
      @OnAction('a')
      *handle() {
        yield progress(this.name);
      }
    }
    expect(await texts(handlerOf(Controller), testContext({ action }))).toEqual(['mine']);
  });
});

describe('order', () => {
  test('guards, then payload, then parameters, then interceptors around the method', async () => {
    const steps: string[] = [];
    const step = (name: string) => () => {
      steps.push(name);
      return true;
    };
    const Param = createParamDecorator(step('param'));
    const around =
      (name: string): InterceptorFunction =>
      (_ctx, next) => {
        steps.push(name);
        return next().pipe(tap({ complete: () => steps.push(`end of ${name}`) }));
      };
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) => {
          steps.push('payload');
          return { value };
        },
      },
    } as const;
    @ChatController()
    @UseGuards(step('controller guard'))
    @UseInterceptors(around('controller'))
    class Controller {
      @OnAction('a')
      @UseGuards(step('guard 1'), step('guard 2'))
      @UseInterceptors(around('method'))
      handle(@Payload(schema) _payload: unknown, @Param() _param: unknown) {
        steps.push('method');
        return progress('event');
      }
    }
    const handler = handlerOf(Controller, { guards: [step('app guard')], interceptors: [around('app')] });
    expect(await texts(handler, testContext({ action }))).toEqual(['event']);
    expect(steps).toEqual([
      'app guard',
      'controller guard',
      'guard 1',
      'guard 2',
      'payload',
      'param',
      'app',
      'controller',
      'method',
      'method',
      'end of method',
      'end of controller',
      'end of app',
    ]);
  });

  test('nothing runs before subscription', () => {
    const guard = jest.fn(() => true);
    const method = jest.fn();
    @ChatController()
    @UseGuards(guard)
    class Controller {
      @OnAction('a')
      handle() {
        method();
      }
    }
    handlerOf(Controller, { interceptors: [(_ctx, next) => next()] }).stream(
      testContext({ action }),
      observe,
    );
    expect(guard).not.toHaveBeenCalled();
    expect(method).not.toHaveBeenCalled();
  });

  test('without guards, payload, interceptors and filters the stream is the observed method, called at once', () => {
    @ChatController()
    class Controller {
      @OnAction('a')
      handle() {
        return 'result' as never;
      }
    }
    const observed = new Observable<EventDraft>();
    const results: unknown[] = [];
    const stream = handlerOf(Controller).stream(testContext({ action }), (start) => {
      results.push(start());
      return observed;
    });
    expect(stream).toBe(observed);
    expect(results).toEqual(['result']);
  });
});

describe('guards', () => {
  const withGuard = (guard: () => boolean | Promise<boolean>) => {
    @ChatController()
    @UseGuards(guard)
    class Controller {
      @OnAction('a', { payload: Select })
      handle() {
        return progress('ran');
      }
    }
    return handlerOf(Controller);
  };
  const run = async (guard: () => boolean | Promise<boolean>) =>
    texts(withGuard(guard), testContext({ action }));

  test('that allow let the handler run', async () => {
    expect(await run(() => true)).toEqual(['ran']);
    expect(await run(async () => Promise.resolve(true))).toEqual(['ran']);
  });

  test.each<[string, () => boolean | Promise<boolean>]>([
    ['false', () => false],
    ['a promise of false', async () => Promise.resolve(false)],
    ['nothing', () => undefined as never],
    ['something that is not true', () => 'yes' as never],
  ])('that return %s refuse', async (_title, guard) => {
    expect(await failure(() => run(guard))).toEqual(new ForbiddenError());
  });

  test('that throw say more', async () => {
    const error = new NotFoundError('No such shop.');
    expect(
      await failure(() =>
        run(() => {
          throw error;
        }),
      ),
    ).toBe(error);
  });

  test('refuse before the payload is looked at', async () => {
    const ctx = testContext({ action: { type: 'a', payload: { id: 1 } } });
    expect(
      await failure(() =>
        texts(
          withGuard(() => false),
          ctx,
        ),
      ),
    ).toBeInstanceOf(ForbiddenError);
    expect(
      await failure(() =>
        texts(
          withGuard(() => true),
          ctx,
        ),
      ),
    ).toBeInstanceOf(InvalidPayloadError);
  });

  test('a handler is not called when its run was aborted meanwhile', async () => {
    const ctx = testContext({ action });
    const reason = new Error('The client has left.');
    const error = await failure(() =>
      texts(
        withGuard(async () => {
          ctx.lifetime.abort(reason);
          return Promise.resolve(true);
        }),
        ctx,
      ),
    );
    expect(error).toBe(reason);
  });
});

describe('interceptors', () => {
  @ChatController()
  @UseInterceptors(named('controller'))
  class Controller {
    calls = 0;
    @OnAction('a')
    @UseInterceptors(named('first'), named('second'))
    *handle() {
      yield progress('event');
    }
    @OnFeedback()
    answer() {
      this.calls += 1;
      return 1 as never;
    }
  }

  test('stand around the events, the application’s outermost', async () => {
    expect(
      await texts(handlerOf(Controller, { interceptors: [named('app')] }), testContext({ action })),
    ).toEqual([
      'app>',
      'controller>',
      'first>',
      'second>',
      'event',
      '<second',
      '<first',
      '<controller',
      '<app',
    ]);
  });

  const through = async (interceptor: unknown) => {
    @ChatController()
    class Plain {
      private runs = 0;
      @OnAction('a')
      handle() {
        this.runs += 1;
        if (this.runs === 1) throw new Error('first run');
        return progress(`run ${String(this.runs)}`);
      }
    }
    return texts(
      handlerOf(Plain, { interceptors: [interceptor as InterceptorFunction] }),
      testContext({ action }),
    );
  };

  test('that call next() twice get an error', async () => {
    await expect(
      through((_ctx: unknown, next: () => Observable<EventDraft>) => concat(next(), next())),
    ).rejects.toThrow('An interceptor of Plain.handle called next() twice.');
  });

  test('may subscribe again to what next() gave, as retry does', async () => {
    expect(
      await through((_ctx: unknown, next: () => Observable<EventDraft>) => next().pipe(retry(1))),
    ).toEqual(['run 2']);
  });

  test('may answer without next(), and may be asynchronous', async () => {
    expect(await through(() => of(progress('cached')))).toEqual(['cached']);
    expect(await through(async () => Promise.resolve(of(progress('later'))))).toEqual(['later']);
    expect(await through(() => timer(1).pipe(map(() => progress('timed'))))).toEqual(['timed']);
  });

  test('that return nothing get an error that says what to return', async () => {
    await expect(through(() => undefined)).rejects.toThrow(
      /Plain\.handle returned no Observable: return next\(\)/,
    );
    await expect(through(async () => Promise.resolve(undefined))).rejects.toThrow(/returned no Observable/);
  });

  test('that throw fail the stream', async () => {
    const error = new Error('broken');
    expect(
      await failure(() =>
        through(() => {
          throw error;
        }),
      ),
    ).toBe(error);
  });

  test('of a handler that answers with one value get that value', async () => {
    const plusOne: InterceptorFunction = (_ctx, next) =>
      next().pipe(map((value) => ((value as unknown as number) + 1) as never));
    @ChatController()
    class Plain {
      @OnFeedback()
      @UseInterceptors(plusOne, plusOne)
      async answer() {
        return Promise.resolve(1 as never);
      }
    }
    expect(await handlerOf(Plain).call(testContext())).toBe(3);
    expect(
      await handlerOf(Plain, { interceptors: [() => new Observable((s) => s.complete())] }).call(
        testContext(),
      ),
    ).toBeUndefined();
    await expect(
      handlerOf(Plain, { interceptors: [() => throwError(() => new Error('no'))] }).call(testContext()),
    ).rejects.toThrow('no');
  });
});

describe('filters', () => {
  const boom = new Error('boom');
  const catching = (name: string) => (error: unknown) => progress(`${name}: ${(error as Error).message}`);

  const run = async (filters: unknown[], around: unknown[] = []) => {
    @ChatController()
    @UseFilters(...(around.length > 0 ? (around as (() => undefined)[]) : [() => undefined]))
    class Controller {
      @OnAction('a')
      @UseFilters(...(filters as (() => undefined)[]))
      *handle() {
        yield progress('before');
        throw boom;
      }
    }
    return texts(handlerOf(Controller, { filters: [catching('app')] }), testContext({ action }));
  };

  test('of the method come before the controller’s, and those before the application’s', async () => {
    expect(await run([catching('method')], [catching('controller')])).toEqual(['before', 'method: boom']);
    expect(await run([() => undefined], [catching('controller')])).toEqual(['before', 'controller: boom']);
    expect(await run([() => undefined])).toEqual(['before', 'app: boom']);
    expect(await run([catching('first'), catching('second')])).toEqual(['before', 'first: boom']);
  });

  test('may answer with many events, with none, or later', async () => {
    expect(await run([() => [progress('a'), progress('b')]])).toEqual(['before', 'a', 'b']);
    expect(await run([() => null])).toEqual(['before']);
    expect(await run([async () => Promise.resolve(progress('later'))])).toEqual(['before', 'later']);
    expect(await run([async () => Promise.resolve(undefined)])).toEqual(['before', 'app: boom']);
  });

  test('that fail hand their own error to the next', async () => {
    const worse = new Error('worse');
    expect(
      await run([
        () => {
          throw worse;
        },
      ]),
    ).toEqual(['before', 'app: worse']);
    expect(await run([async () => Promise.reject(worse)])).toEqual(['before', 'app: worse']);
    expect(
      await run([
        function* () {
          yield progress('half');
          throw worse;
        },
      ]),
    ).toEqual(['before', 'half', 'app: worse']);
  });

  test('are asked once for each error', async () => {
    const filter = jest.fn(() => undefined);
    await run([filter], [filter]);
    expect(filter).toHaveBeenCalledTimes(2);
    expect(filter).toHaveBeenCalledWith(boom, expect.anything());
  });

  test('see what guards refuse and what is wrong with payloads', async () => {
    @ChatController()
    @UseFilters(catching('filter'))
    class Controller {
      @OnAction('a')
      @UseGuards(() => false)
      guarded() {}
      @OnAction('b', { payload: Select })
      invalid(_payload: Select) {}
      @OnAction('c')
      @UseInterceptors(() => {
        throw boom;
      })
      intercepted() {}
    }
    const ctx = testContext({ action: { type: 'a' } });
    expect(await texts(handlerOf(Controller, {}, 'guarded'), ctx)).toEqual(['filter: Permission denied.']);
    expect(await texts(handlerOf(Controller, {}, 'invalid'), ctx)).toEqual([
      'filter: Invalid payload: id must be a string',
    ]);
    expect(await texts(handlerOf(Controller, {}, 'intercepted'), ctx)).toEqual(['filter: boom']);
  });

  test('leave an error that none of them wants as it is', async () => {
    @ChatController()
    class Controller {
      @OnAction('a')
      @UseFilters(() => undefined)
      handle() {
        throw boom;
      }
    }
    expect(await failure(() => texts(handlerOf(Controller), testContext({ action })))).toBe(boom);
  });

  test('do not concern handlers that answer with one value', async () => {
    @ChatController()
    class Controller {
      @OnFeedback()
      @UseFilters(() => [])
      handle() {
        throw boom;
      }
    }
    expect(await failure(() => handlerOf(Controller).call(testContext()))).toBe(boom);
  });

  test('catch nothing when the stream is unsubscribed', async () => {
    const filter = jest.fn(() => []);
    @ChatController()
    class Controller {
      @OnAction('a')
      @UseFilters(filter)
      handle() {
        return defer(() => timer(5)).pipe(switchMap(() => throwError(() => boom))) as Observable<EventDraft>;
      }
    }
    handlerOf(Controller).stream(testContext({ action }), observe).subscribe().unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(filter).not.toHaveBeenCalled();
  });
});
