import { finalize, of, take, timeout } from 'rxjs';
import {
  assistantMessage,
  ChatController,
  clientEffect,
  OnAction,
  OnMessage,
  respond,
  UseInterceptors,
  type ChatContext,
  type HandlerEvent,
  type InterceptorFunction,
} from '../../src';
import { serveChat, textOf, type TestChatOptions } from '../support/chat';
import * as wire from '../support/requests';
import { pause } from '../support/wait';

const never = new Promise<never>(() => undefined);

/** Handlers whose events pass through an interceptor, and what they note. */
function within(
  interceptor: InterceptorFunction,
  handler: (ctx: ChatContext, note: (what: string) => void) => AsyncGenerator<HandlerEvent>,
) {
  const seen: string[] = [];
  @ChatController()
  class Controller {
    @OnMessage()
    @UseInterceptors(interceptor)
    reply(_: unknown, ctx: ChatContext) {
      return handler(ctx, (what) => seen.push(what));
    }
  }
  return { seen, controllers: [Controller] };
}

/** Sends a message; notes when the run's container is disposed of, which is when the run has ended. */
async function sendTo({ seen, controllers }: ReturnType<typeof within>, options?: Partial<TestChatOptions>) {
  const container = {
    get: <T>(type: new () => T) => new type(),
    child: () => ({ get: <T>(type: new () => T) => new type(), dispose: () => void seen.push('disposed') }),
  };
  const chat = await serveChat({ controllers, container, ...options });
  const { types } = await chat.post(wire.create('Hi'));
  seen.push('answered');
  await pause(10);
  return { types: types.slice(3), log: chat.logger.lines };
}

describe('the run of a handler whose events an interceptor ends early', () => {
  test('lasts until its finally blocks are over', async () => {
    const handled = within(
      (_, next) => next().pipe(take(1)),
      async function* (ctx, note) {
        try {
          yield clientEffect('a');
          yield clientEffect('b');
        } finally {
          note(ctx.signal.aborted ? 'aborted' : 'not aborted');
          await pause(20);
          note('finally');
          await ctx
            .emit(clientEffect('late'))
            .catch((error: unknown) => note((error as { code: string }).code));
        }
      },
    );
    const { types, log } = await sendTo(handled);
    expect(types).toEqual(['client_effect']);
    expect(handled.seen).toEqual(['aborted', 'finally', 'run_ended', 'disposed', 'answered']);
    expect(log).toEqual([]);
  });

  test('lasts until a handler that was too slow has heard of it', async () => {
    const handled = within(
      (_, next) => next().pipe(timeout(20)),
      async function* (ctx, note) {
        await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
        note('aborted');
        yield assistantMessage('Too late.');
      },
    );
    const { types } = await sendTo(handled);
    expect(types).toEqual(['error']);
    expect(handled.seen).toEqual(['aborted', 'disposed', 'answered']);
  });

  test('lasts so when it is a responder within another handler', async () => {
    const handled = within(
      (ctx, next) => (textOf(ctx.message!) === 'Again' ? next().pipe(take(1)) : next()),
      async function* (ctx, note) {
        if (textOf(ctx.message!) === 'Hi') yield respond('Again');
        else {
          try {
            yield clientEffect('a');
          } finally {
            await pause(20);
            note('finally');
          }
        }
      },
    );
    await sendTo(handled);
    expect(handled.seen).toEqual(['finally', 'disposed', 'answered']);
  });

  test('ends after the grace if it does not stop', async () => {
    const handled = within(
      (_, next) => next().pipe(take(1)),
      async function* () {
        try {
          yield clientEffect('a');
        } finally {
          await never;
        }
      },
    );
    const { log } = await sendTo(handled, { cancelGrace: 20 });
    expect(log).toMatchObject([{ level: 'warn', message: 'a handler did not stop and was abandoned' }]);
  });
});

test.each<[string, InterceptorFunction]>([
  ['at its end', (_, next) => next().pipe(finalize(fail))],
  ['when it ends its handler', (_, next) => next().pipe(finalize(fail), take(1))],
])('what the finalizer of an interceptor throws %s is logged, and the run ends', async (_, interceptor) => {
  const handled = within(interceptor, async function* () {
    await pause(1);
    yield clientEffect('a');
  });
  const { types, log } = await sendTo(handled);
  expect(types).toEqual(['client_effect']);
  expect(log).toMatchObject([{ level: 'error', message: 'an interceptor threw while it was being stopped' }]);
});

test('what the finalizer of an interceptor throws when the client leaves is logged, and the run ends', async () => {
  const handled = within(
    (_, next) => next().pipe(finalize(fail)),
    async function* (_, note) {
      try {
        yield clientEffect('a');
        await pause(20);
        yield clientEffect('b');
      } finally {
        note('finally');
      }
    },
  );
  const chat = await serveChat({ controllers: handled.controllers });
  const stream = await chat.open(wire.create('Hi'));
  await stream.until(({ type }) => type === 'client_effect');
  stream.leave();
  await pause(50);
  expect(handled.seen).toEqual(['finally']);
  expect((await chat.app.health()).openRuns).toBe(0);
});

test('what the finalizer of an interceptor throws around a sync action is logged, and the action is answered', async () => {
  @ChatController()
  class Stars {
    @OnAction('star', { sync: true, payload: 'unchecked' })
    @UseInterceptors((_, next) => next().pipe(finalize(fail)))
    star(): void {
      // returns no item
    }
    @OnMessage()
    reply(): void {
      // says nothing
    }
  }
  const chat = await serveChat({ controllers: [Stars] });
  const reply = await chat.post(wire.actSync(await chat.newThread(), undefined, 'star', {}));
  expect(reply.status).toBe(200);
  expect(chat.logger.lines).toMatchObject([
    { level: 'error', message: 'an interceptor threw while it was being stopped' },
  ]);
});

test('a synchronous interceptor sends nothing after a value that is not an event', async () => {
  const handled = within(
    () => of(clientEffect('a'), 'text' as never, clientEffect('c')),
    async function* () {
      // is not called
    },
  );
  expect((await sendTo(handled)).types).toEqual(['client_effect', 'error']);
});

function fail(): never {
  throw new Error('The finalizer failed.');
}
