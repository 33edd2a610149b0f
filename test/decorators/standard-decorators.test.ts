import ts from 'typescript';
import { buildHandlers } from '../../src/app/handlers';
import type { Class } from '../../src/metadata';
import { testContext, texts } from '../execution/support';
import { diagnosticsOf } from './diagnostics';

/** A module as a project without `experimentalDecorators` writes it. */
const SOURCE = `
import { z } from 'zod';
import type { ChatContext } from '../../src/context';
import { ChatController, OnAction, OnMessage, UseGuards } from '../../src/decorators';

const SelectItem = z.object({ id: z.string() });

@ChatController('item')
@UseGuards((ctx) => ctx.owner === 'ada')
export class ItemController {
  private readonly greeting = 'selected';

  @OnAction('select', { payload: SelectItem })
  *select({ id }: z.infer<typeof SelectItem>, ctx: ChatContext) {
    yield { type: 'progress_update' as const, text: this.greeting + ' ' + id + ' for ' + ctx.owner };
  }

  @OnMessage()
  reply(): void {}
}
`;

const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: false,
  esModuleInterop: true,
};

/** Compiles under the standard decorators and runs the module. */
function load(source: string): Record<string, Class> {
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  const exports = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the compiled module is run here
  const run = new Function('require', 'exports', outputText) as (...args: unknown[]) => void;
  run((id: string) => jest.requireActual<object>(id), exports);
  return exports;
}

test('methods under standard decorators are found, guarded and given a payload of a Standard Schema', async () => {
  const { ItemController } = load(SOURCE);
  const { table } = buildHandlers({
    controllers: [ItemController!],
    mode: 'production',
    unknownFields: 'drop',
  });
  const handler = table.action('item.select')!;
  expect(handler.where).toBe('ItemController.select');
  const action = { type: 'item.select', payload: { id: 'a' } };
  expect(await texts(handler, testContext({ action }))).toEqual(['selected a for ada']);
  await expect(texts(handler, testContext({ action, owner: 'bob' }))).rejects.toThrow('Permission denied.');
  await expect(texts(handler, testContext({ action: { type: 'item.select' } }))).rejects.toThrow(
    'Invalid payload',
  );
});

const use = (member: string): string => `
import { OnAction } from '../../src/decorators';
export class Controller { @OnAction('x') ${member} static uses(c) { return c.#secret; } #secret = 1; }
`;

test.each([
  ['a static method', 'static make() {}', /@OnAction on make: the method is static/],
  ['a private method', '#hidden() {}', /@OnAction on #hidden: the method is private/],
  ['an accessor', 'get size() { return 1; }', /@OnAction on size: .*getter/],
  ['a field', 'size = 1;', /@OnAction on size: .*field/],
])('a handler decorator on %s is a TypeError that says so', (_title, member, message) => {
  expect(() => load(use(member))).toThrow(message);
});

test('they type-check under standard decorators, and wrong places do not', () => {
  expect(diagnosticsOf(SOURCE, 'standard')).toEqual([]);
  const wrong = SOURCE.replace('*select(', '@ChatController() other() {}\n  *select(');
  expect(diagnosticsOf(wrong, 'standard')).toEqual([expect.stringContaining('Unable to resolve signature')]);
}, 60_000);

const LINKS = `
import { z } from 'zod';
import type { ChatContext } from '../../src/context';
import { OnAction } from '../../src/decorators';
import { assistantMessage } from '../../src/events';
import { defineAction } from '../../src/widgets';

const select = defineAction('item.select', z.object({ id: z.string() }));
const move = defineAction('item.move', z.object({ to: z.string().transform(Number) }));
const clear = defineAction('clear');

export class Right {
  @OnAction(select) *all({ id }: { id: string }, ctx: ChatContext) { yield assistantMessage(id + ctx.owner); }
  @OnAction(select) async less(payload: object) {}
  @OnAction(select) none() {}
  @OnAction(move) output({ to }: { to: number }) {}
  @OnAction(clear) without(payload: undefined, ctx: ChatContext) {}
  @OnAction([move, 'x'], { payload: z.object({ n: z.number() }) }) named({ n }: { n: number }) {}
  @OnAction('x') name(payload: Date) {}
  @OnAction(select) protected guarded({ id }: { id: string }) {}
}

export class Wrong {
  @OnAction(select) other({ count }: { count: number }) {}
  @OnAction(move) input({ to }: { to: string }) {}
  @OnAction(select) context(ctx: ChatContext) {}
  @OnAction(select) second(text: string, payload: { id: string }) {}
  @OnAction(clear) some({ id }: { id: string }) {}
  @OnAction('x', { payload: z.object({ n: z.number() }) }) named({ n }: { n: string }) {}
}
`;

test('the compiler checks what they take, without parameter decorators to allow for', () => {
  const messages = diagnosticsOf(LINKS, 'standard');
  const told = messages.map(
    (message) => /FirstParameterMustTakeThePayloadOf<"([\w.]+)"/.exec(message)?.[1] ?? message,
  );
  expect(told).toEqual(['item.select', 'item.move', 'item.select', 'item.select', 'clear', 'x']);
}, 60_000);

const RESULTS = `
import { of } from 'rxjs';
import {
  OnAction, OnFeedback, OnMessage, OnTranscribe, StreamOptions, assistantMessage, defineAction, widget, type EventDraft,
} from '../../src';
import { Card } from '../../src/widgets/components';

const card = Card({ children: [] });
const star = defineAction('star', { sync: true });

export class Right {
  @OnMessage() one() { return assistantMessage('Hi'); }
  @OnMessage() async later(): Promise<EventDraft | undefined> { return widget(card); }
  @OnMessage() *generator() { yield assistantMessage('Hi'); }
  @OnMessage() async *asynchronous() { yield [assistantMessage('Hi'), widget(card)]; }
  @OnMessage() observable() { return of(assistantMessage('Hi')); }
  @OnAction(star) star() { return card; }
  @OnAction('x', { sync: true }) sync() { return card; }
  @OnAction('x') protected nothing() {}
  @OnFeedback() async feedback() {}
  @OnTranscribe() transcribe() { return 'Hello'; }
  @StreamOptions() options() { return { allow_cancel: true }; }
}

export class Wrong {
  @OnMessage() five() { return 5; }
  @OnMessage() text() { return 'Hello'; }
  @OnMessage() bare() { return card; }
  @OnMessage() async *yielded() { yield assistantMessage('Hi'); yield card; }
  @OnAction(star) star() { return assistantMessage('Hi'); }
  @OnAction('x', { sync: true }) *sync() { yield card; }
  @OnFeedback() feedback() { return assistantMessage('Thanks'); }
  @OnTranscribe() transcribe() {}
  @StreamOptions() options() { return true; }
}
`;

const EVENT = 'one or more events, such as assistantMessage(…), or nothing';
const UPDATE = 'a widget, an item, the result of replace(…), or nothing';

test.each(['legacy', 'standard'] as const)(
  'the compiler says what a handler should return, under %s decorators',
  (decorators) => {
    // The last overload must name it: TypeScript 7 shows no other.
    const told = diagnosticsOf(RESULTS, decorators).map((message) => {
      const last = message.split('MethodMustReturn<"').at(-1)!;
      return /^(.*?)", (?!unknown)/.exec(last)?.[1] ?? message;
    });
    expect(told).toEqual([
      EVENT,
      EVENT,
      'widget(…) around the component',
      'widget(…) around the component',
      UPDATE,
      UPDATE,
      'nothing',
      'the text',
      '{ allow_cancel: boolean }',
    ]);
  },
  60_000,
);
