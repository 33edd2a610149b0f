import {
  assistantMessage,
  ChatController,
  clientEffect,
  createChatKit,
  MemoryStore,
  OnAction,
  OnMessage,
  streamWidget,
  widget,
  type ChatContext,
  type WidgetRoot,
} from '../../src';
import { serveChat, type TestChat } from '../support/chat';
import * as wire from '../support/requests';

/*
 * What JSON cannot hold is an error with its place; what JSON changes without a word is a warning in
 * development.
 */

let answer: (ctx: ChatContext) => unknown;

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
  @OnAction('cells.set', { payload: 'unchecked' })
  cells() {
    return undefined;
  }
}

const card = (value: unknown): WidgetRoot => ({
  type: 'Card',
  children: [
    { type: 'Text', value: 'a' },
    { type: 'Text', value: 'b', data: value },
  ],
});
const circle: Record<string, unknown> = { a: {} };
circle['a'] = { back: circle };
const VALUES: [string, unknown, string, string][] = [
  ['a BigInt', 5n, '', 'is a BigInt'],
  ['a cycle', circle, '.a.back', 'is a value that contains itself'],
  ['a toJSON that throws', { toJSON: () => { throw new Error('no text'); } }, '', 'whose toJSON() throws (no text)'], // prettier-ignore
];
const EVENTS: [string, string, string, (value: unknown) => unknown][] = [
  ['a widget', 'thread.item.done', 'widget.children.1.data', (value) => widget(card(value))],
  ['a payload', 'thread.item.done', 'widget.children.0.onClickAction.payload.n', (n) =>
    widget({ type: 'Card', children: [{ type: 'Button', onClickAction: { type: 'cells.set', payload: { n } } }] })], // prettier-ignore
  ['an effect', 'client_effect', 'data.x', (x) => clientEffect('move', { x })],
  ['a streamed widget', 'thread.item.added', 'widget.children.1.data', (value) => streamWidget(async function* () {
    yield await Promise.resolve(card(value));
  })], // prettier-ignore
];

const errors = ({ logger }: TestChat) => logger.lines.filter(({ level }) => level === 'error');
const warnings = ({ logger }: TestChat) => logger.lines.filter(({ level }) => level === 'warn');

describe.each(['development', 'production'] as const)('in %s', (mode) => {
  describe.each(VALUES)('%s', (_, value, below, what) => {
    test.each(EVENTS)('in %s is an error with path, event and handler', async (__, type, path, make) => {
      answer = () => make(value);
      const chat = await serveChat({ controllers: [Controller], mode });
      const { events } = await chat.post(wire.create());
      expect(events.at(-1)).toMatchObject({ type: 'error', code: 'stream.error' });
      const [line, ...others] = errors(chat);
      expect(others).toEqual([]);
      expect(line?.details).toMatchObject({ code: 'not_json', where: 'Controller.reply' });
      expect(line?.message).toContain(`The event "${type}" of Controller.reply`);
      expect(line?.message).toContain(`\`${path}${below}\``);
      expect(line?.message).toContain(what);
    });

    test('in what a sync action returns, too', async () => {
      answer = () => assistantMessage('Hello');
      const chat = await serveChat({ controllers: [Controller], mode });
      const thread = await chat.newThread();
      answer = (ctx) => ({
        id: 'wgt_1',
        thread_id: ctx.thread.id,
        created_at: '2026-01-01T00:00:00.000Z',
        type: 'widget',
        widget: card(value),
      });
      expect((await chat.post(wire.actSync(thread, undefined, 'sync'))).status).toBe(500);
      const [line] = errors(chat);
      expect(line?.details).toMatchObject({ code: 'not_json', where: 'Controller.sync', action: 'sync' });
      expect(line?.message).toContain(`\`widget.children.1.data${below}\``);
    });
  });
});

describe('what JSON changes without a word', () => {
  const CHANGED: [string, unknown, string][] = [
    ['NaN', NaN, 'NaN, which becomes null'],
    ['Infinity', -Infinity, '-Infinity, which becomes null'],
    ['a Map', new Map([[1, 2]]), 'a Map, which becomes {}'],
    ['a Set', new Set([1]), 'a Set, which becomes {}'],
    ['a function', () => 1, 'a function, which is left out'],
    ['a symbol', Symbol('s'), 'a symbol, which is left out'],
    ['an Error', new Error('no'), 'a Error, which becomes {}'],
  ];

  test.each(CHANGED)('%s is a warning in development, once', async (_, value, what) => {
    answer = function* () {
      for (let n = 0; n < 3; n += 1) yield clientEffect('move', { list: [{ value }] });
    };
    const chat = await serveChat({ controllers: [Controller], mode: 'development' });
    await chat.post(wire.create());
    expect(warnings(chat)).toMatchObject([
      {
        details: {
          code: 'not_json',
          event: 'client_effect',
          path: 'data.list.0.value',
          where: 'Controller.reply',
        },
        message: `The event "client_effect" of Controller.reply changes when it is written as JSON: \`data.list.0.value\` is ${what}.`,
      },
    ]);
    const quiet = await serveChat({ controllers: [Controller], mode: 'production' });
    await quiet.post(wire.create());
    expect(quiet.logger.messages('warn')).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a Date', new Date(0)],
    ['undefined in an object', { a: undefined }],
    ['null, empty objects and lists', [null, {}, [], '', 0, false]],
    ['an object without a prototype', Object.create(null)],
    ['an object of a class', new (class Point { x = 1; })()], // prettier-ignore
  ])('%s is none', async (_, value) => {
    answer = () => clientEffect('move', { value });
    const chat = await serveChat({ controllers: [Controller], mode: 'development' });
    expect((await chat.post(wire.create())).types.at(-1)).toBe('client_effect');
    expect(chat.logger.lines.filter(({ level }) => level !== 'debug')).toEqual([]);
  });
});

describe('a null in a list of a payload', () => {
  const withCells = (cells: unknown): WidgetRoot => ({
    type: 'Card',
    children: [{ type: 'Button', onClickAction: { type: 'cells.set', payload: { grid: { cells } } } }],
  });

  test.each<[string, unknown, string]>([
    ['null', [1, null, 3], '"grid.cells.1"'],
    ['undefined', [undefined], '"grid.cells.0"'],
    ['NaN, deep inside', [{ row: [1, NaN] }], '"grid.cells.0.row.1"'],
    ['several', [null, 1, null], '"grid.cells.0", "grid.cells.2"'],
  ])('(%s) is told when the widget is sent, once, with the way out', async (_, cells, paths) => {
    answer = function* () {
      for (let n = 0; n < 2; n += 1) yield widget(withCells(cells));
    };
    const chat = await serveChat({ controllers: [Controller], mode: 'development' });
    await chat.post(wire.create());
    const [line, ...others] = warnings(chat).filter(({ details }) => details['code'] === 'null_in_list');
    expect(others).toEqual([]);
    expect(line?.details).toMatchObject({ action: 'cells.set', path: 'children.0.onClickAction' });
    expect(line?.message).toContain(`the payload of "cells.set" has null in a list (${paths})`);
    expect(line?.message).toContain('values.map((value) => ({ value }))');
  });

  const optionsOf = (widgets: WidgetRoot[]) => ({
    controllers: [Controller],
    store: new MemoryStore(),
    owner: 'shared' as const,
    widgets,
  });

  test('is found at start, and by check()', () => {
    expect(() => createChatKit(optionsOf([withCells([1, null, 3])]))).toThrow(
      /widgets\[0\], children\.0\.onClickAction: the payload of "cells\.set" has null in a list \("grid\.cells\.1"\)/,
    );
    const { problems } = createChatKit(optionsOf([])).check([withCells([null])]);
    expect(problems).toMatchObject([{ code: 'null_in_list', action: 'cells.set' }]);
  });

  test.each([[[1, 2]], [{ a: null }], [[{ a: null }]], ['null']])('%j has none', (cells) => {
    expect(createChatKit(optionsOf([withCells(cells)])).check().problems).toEqual([]);
  });

  test('the way out arrives whole', async () => {
    answer = () => widget(withCells([1, null, 3].map((value) => ({ value }))));
    const chat = await serveChat({ controllers: [Controller], mode: 'development' });
    const { events } = await chat.post(wire.create());
    expect(JSON.stringify(events)).toContain('"cells":[{"value":1},{},{"value":3}]');
    expect(chat.logger.messages('warn')).toEqual([]);
  });
});
