import type { StandardSchemaV1 } from '@standard-schema/spec';
import { Transform } from 'class-transformer';
import { IsArray } from 'class-validator';
import {
  assistantMessage,
  assistantMessageStream,
  ChatController,
  ChatError,
  clientEffect,
  clientToolCall,
  ConflictError,
  done,
  ForbiddenError,
  hiddenContext,
  image,
  NotFoundError,
  OnAction,
  OnMessage,
  respond,
  streamWidget,
  streamWorkflow,
  structuredInput,
  task,
  widget,
  workflow,
  type ChatContext,
  type ChatKitApp,
} from '../../src';
import { Card, Table, Text } from '../../src/widgets/components';
import { serveChat, type TestChat } from '../support/chat';
import * as wire from '../support/requests';

/*
 * A promise where its value was meant. Nothing awaits it, and a rejection that nothing handles ends the
 * process: Jest fails a test for it. In hostile-values.test.ts the same values come from everywhere.
 */

let answer: (ctx: ChatContext, payload?: unknown) => unknown;
let transformed: () => unknown;

class Rows {
  @Transform(() => transformed())
  @IsArray()
  rows!: unknown[];
}

let issues: () => unknown;
const schema: StandardSchemaV1<unknown, unknown> = {
  '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: issues() }) as never },
};
const asyncValue: StandardSchemaV1<unknown, { later: Promise<string> }> = {
  '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { later: rejecting() } }) },
};

@ChatController()
class Controller {
  @OnMessage()
  reply(_: unknown, ctx: ChatContext): never {
    return answer(ctx) as never;
  }
  @OnAction('sync', { sync: true, payload: 'unchecked' })
  sync(_: unknown, ctx: ChatContext): never {
    return answer(ctx) as never;
  }
  @OnAction('rows', { payload: Rows })
  rows(payload: Rows, ctx: ChatContext): never {
    return answer(ctx, payload) as never;
  }
  @OnAction('schema', { payload: schema })
  schema(payload: unknown): never {
    return payload as never;
  }
  @OnAction('schema.sync', { payload: schema, sync: true })
  schemaSync(payload: unknown): never {
    return payload as never;
  }
  @OnAction('later', { payload: asyncValue })
  later(payload: unknown): undefined {
    if (payload === null) throw new Error('no payload');
    return undefined;
  }
}

/** Rejects when all that waits on this turn has had its chance to handle it. */
function rejecting(): Promise<never> {
  return new Promise((_, reject) => setImmediate(() => reject(new Error('forgotten'))));
}

/** What rejects has done so, and Node has had its turn to complain. */
const turns = async (): Promise<void> => {
  for (let n = 0; n < 3; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

const serve = (mode: 'development' | 'production') => serveChat({ controllers: [Controller], mode });
const errors = ({ logger }: TestChat) => logger.lines.filter(({ level }) => level === 'error');
const GENERIC = { type: 'error', code: 'stream.error' };
const card = (child: unknown) => ({ type: 'Card', children: [{ type: 'Text', value: 'a' }, child] }) as never;

const EVENTS: [string, string, string, () => unknown][] = [
  ['a widget', 'thread.item.done', 'item.widget', () => widget(rejecting() as never)],
  ['a child', 'thread.item.done', 'widget.children.1', () => widget(card(rejecting()))],
  [
    'a field',
    'thread.item.done',
    'children.1.value',
    () => widget(card({ type: 'Text', value: rejecting() })),
  ],
  ['an effect', 'client_effect', 'data.to.0', () => clientEffect('move', { to: [rejecting()] })],
  ['a message', 'item', 'content.0.text', () => assistantMessage(rejecting() as never)],
  ['a streamed widget', 'thread.item.added', 'widget.children.1', () => streamWidget(async function* () {
    yield await Promise.resolve(card(rejecting()));
  })], // prettier-ignore
];

describe.each(['development', 'production'] as const)('in %s', (mode) => {
  test.each(EVENTS)('a promise as %s is an error that names it', async (_, type, path, make) => {
    const chat = await serve(mode);
    for (const ways of [
      () => make(),
      async () => [make()],
      function* () {
        yield make();
      },
      async function* () {
        yield make();
      },
    ]) {
      chat.logger.lines.length = 0;
      answer = ways;
      const { events } = await chat.post(wire.create());
      expect(events.at(-1)).toMatchObject(GENERIC);
      await turns();
      const [line, ...others] = errors(chat);
      expect(others).toEqual([]);
      expect(line?.details).toMatchObject({ where: 'Controller.reply' });
      expect(line?.message).toContain(type);
      expect(line?.message).toContain(path.split('.').at(-1));
      expect(line?.message).toMatch(/is a promise.*await it/is);
    }
  });

  test('what a sync action returns, too', async () => {
    const chat = await serve(mode);
    answer = () => assistantMessage('Hello');
    const thread = await chat.newThread();
    const item = (ctx: ChatContext, inner: unknown) => ({
      id: 'wgt_1',
      thread_id: ctx.thread.id,
      created_at: '2026-01-01T00:00:00.000Z',
      type: 'widget',
      widget: inner,
    });
    for (const make of [
      (ctx: ChatContext) => item(ctx, card(rejecting())),
      (ctx: ChatContext) => ({ ...item(ctx, card('x')), copy_text: rejecting() }),
      () => ({ some: rejecting() }),
      () => card(rejecting()),
    ]) {
      answer = make;
      expect((await chat.post(wire.actSync(thread, undefined, 'sync'))).status).toBeGreaterThanOrEqual(400);
      await turns();
    }
    expect(errors(chat)[0]?.details).toMatchObject({ where: 'Controller.sync', code: 'not_json' });
    expect(errors(chat)[0]?.message).toMatch(/`widget\.children\.1` is a promise/);
  });

  const thrown: [string, () => unknown][] = [
    ['a promise', rejecting],
    ['an object', () => ({ in: rejecting() })],
    ['an error', () => Object.assign(new Error('x'), { response: rejecting() })],
    ['a cause', () => new Error('x', { cause: rejecting() })],
  ];
  test.each(thrown)('%s that is thrown, before or after an event, is answered', async (_, make) => {
    const chat = await serve(mode);
    answer = () => assistantMessage('Hello');
    const thread = await chat.newThread();
    const fail = (): never => {
      throw make() as Error;
    };
    for (const ways of [
      fail,
      async () => fail(),
      async function* () {
        yield assistantMessage('first');
        fail();
      },
    ]) {
      answer = ways;
      expect((await chat.post(wire.create())).events.at(-1)).toMatchObject(GENERIC);
      expect((await chat.post(wire.actSync(thread, undefined, 'sync'))).status).toBe(500);
      await turns();
    }
  });

  test('a message of an error for users that is no text is told generically', async () => {
    const chat = await serve(mode);
    answer = () => assistantMessage('Hello');
    const thread = await chat.newThread();
    const messages: [string, () => unknown, RegExp][] = [
      ['a promise', rejecting, /is a promise.*Await it/],
      ['an error', () => new Error('password'), /is an error.*cause/],
      ['a number', () => 5, /of type number/],
      ['null', () => null, /users is null/],
      ['an object', () => ({ toString: () => 'password' }), /of type object/],
    ];
    for (const [, message, told] of messages) {
      for (const make of [
        () => new ConflictError(message() as never),
        () => new ChatError(message() as never, 409, 'conflict'),
      ]) {
        chat.logger.lines.length = 0;
        answer = () => {
          throw make();
        };
        const { events } = await chat.post(wire.create());
        expect(events.at(-1)).toMatchObject({
          type: 'error',
          code: 'custom',
          message: 'The request failed.',
        });
        const refused = await chat.post(wire.actSync(thread, undefined, 'sync'));
        expect(refused.status).toBe(409);
        expect(refused.json).toMatchObject({ error: { code: 'conflict', message: 'The request failed.' } });
        await turns();
        expect(errors(chat).map(({ details }) => details)).toMatchObject([
          { code: 'not_a_text', where: 'Controller.reply' },
          { code: 'not_a_text', where: 'Controller.sync', action: 'sync' },
        ]);
        for (const { message: line } of errors(chat)) expect(line).toMatch(told);
      }
    }
  });
});

const later = rejecting as () => never;
const HELPERS: [string, (ctx: ChatContext) => unknown, RegExp][] = [
  [
    'assistantMessageStream',
    () => assistantMessageStream(later()),
    /assistantMessageStream\(\) was given a promise/,
  ],
  [
    'assistantMessageStream of promises',
    () => assistantMessageStream([Promise.resolve('a'), later(), later()] as never),
    /failed/,
  ],
  ['streamWidget', () => streamWidget(later()), /streamWidget\(\) was given a promise/],
  ['streamWidget of an async function', () => streamWidget(later), /streamWidget\(\).*async function\*/],
  ['streamWorkflow', () => streamWorkflow(later()), /streamWorkflow\(\) was given a promise/],
  [
    'streamWorkflow of a task',
    () => streamWorkflow(() => [{ type: 'custom', title: later() }]),
    /is a promise/,
  ],
  ['workflow', () => workflow(later()), /failed/],
  ['workflow of tasks', () => workflow([later()]), /invalid/i],
  ['structuredInput', () => structuredInput(later()), /failed/],
  ['structuredInput of questions', () => structuredInput([later()]), /invalid/i],
  ['clientToolCall', () => clientToolCall('x', { in: later() }), /is a promise/],
  ['task', () => task(later()), /invalid/i],
  ['image', () => image(later()), /is a promise/],
  ['done', () => done(later()), /invalid/i],
  ['hiddenContext', () => hiddenContext({ in: later() }), /is a promise/],
  ['respond', () => respond(later()), /respond\(\) was given a promise/],
  ['ctx.respond', (ctx) => ctx.respond(later()), /respond\(\) was given a promise/],
  ['Card', () => widget(Card({ children: [Text({ value: later() }), later()] })), /failed/],
  [
    'Table',
    () => widget(Card({ children: [Table({ children: [Text({ value: later() })] as never })] })),
    /failed/,
  ],
  ['Text', () => widget(Card({ children: [Text({ value: later() })] })), /is a promise/],
];
test.each(HELPERS)('%s that is given a promise ends no process', async (_, make, told) => {
  for (const mode of ['development', 'production'] as const) {
    const chat = await serve(mode);
    answer = make;
    const { events } = await chat.post(wire.create());
    expect(events.at(-1)).toMatchObject(GENERIC);
    await turns();
    expect(errors(chat).map(({ message }) => message)).toEqual([expect.stringMatching(told)]);
  }
});

test('app.as() takes no promises', async () => {
  const chat = await serve('production');
  answer = () => assistantMessage('Hello');
  const { app } = chat as unknown as { app: Pick<ChatKitApp, 'as'> };
  const thread = await app.as({ userId: 'alice' }).thread(await chat.newThread());
  await expect(thread.add(widget(card(rejecting())))).rejects.toThrow('is a promise');
  await expect(thread.add(clientEffect('move', { to: rejecting() }))).rejects.toThrow('stores nothing');
  await expect(thread.update({ title: later(), metadata: { in: later() } })).rejects.toThrow(
    '`title` is a promise',
  );
  await turns();
});

test('promises among the issues of a schema are not told', async () => {
  const chat = await serve('production');
  answer = () => assistantMessage('Hello');
  const thread = await chat.newThread();
  for (const make of [
    () => [{ message: rejecting() }],
    () => [{ message: 'x', path: [rejecting(), { key: rejecting() }] }],
    () => [rejecting()],
    () => [{ message: 'x', extra: rejecting() }],
    rejecting,
  ]) {
    issues = make;
    const { status, text } = await chat.post(wire.actSync(thread, undefined, 'schema.sync'));
    expect([422, 500]).toContain(status);
    expect(text).not.toMatch(/\[object|\{\}/);
    const { events } = await chat.post(wire.act(thread, undefined, 'schema'));
    expect(events.at(-1)).toMatchObject({ type: 'error' });
    expect(JSON.stringify(events)).not.toMatch(/\[object|\{\}/);
    await turns();
  }
});

test('what a schema or a @Transform makes may have promises that the handler does not look at', async () => {
  const chat = await serve('production');
  answer = () => assistantMessage('Hello');
  const thread = await chat.newThread();
  await chat.post(wire.act(thread, undefined, 'later'));
  for (const make of [() => [rejecting()], () => ({ in: [rejecting()] }), rejecting]) {
    transformed = make;
    await chat.post(wire.act(thread, undefined, 'rows', { rows: [1] }));
    await turns();
  }
  transformed = () => {
    throw rejecting() as unknown as Error;
  };
  const { events } = await chat.post(wire.act(thread, undefined, 'rows', { rows: [1] }));
  expect(events.at(-1)).toMatchObject({ message: expect.stringContaining('rows is not valid') as string });
  await turns();
});

test('a context may hold a promise for a handler to await, also when the request fails before', async () => {
  const chat = await serveChat({
    controllers: [Controller],
    context: () => ({ userId: 'alice', profile: rejecting() }),
  });
  answer = async (ctx) => {
    await (ctx.requestContext as { profile: Promise<never> }).profile;
  };
  expect((await chat.post(wire.act('thr_none', undefined, 'rows'))).status).toBe(404);
  await turns();
  expect((await chat.post(wire.create())).events.at(-1)).toMatchObject(GENERIC);
});

test('a subclass keeps its status whatever its message is', () => {
  expect(new ForbiddenError(null as never)).toMatchObject({ status: 403, message: 'The request failed.' });
  expect(new NotFoundError(undefined as never)).toMatchObject({ status: 404, code: 'not_found' });
});
