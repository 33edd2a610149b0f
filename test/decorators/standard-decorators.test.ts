import { join } from 'node:path';
import ts from 'typescript';
import { buildDispatchTable } from '../../src/routing';
import type { Class } from '../../src/metadata';
import { testContext, texts } from '../execution/support';

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
  const table = buildDispatchTable({
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

/** What the compiler says of a module beside this file, under standard decorators. */
function diagnosticsOf(source: string): string[] {
  const root = join(__dirname, '../..');
  const file = join(__dirname, 'standard-fixture.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
    experimentalDecorators: false,
    emitDecoratorMetadata: false,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, rest[0]) : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

test('they type-check under standard decorators, and wrong places do not', () => {
  expect(diagnosticsOf(SOURCE)).toEqual([]);
  const wrong = SOURCE.replace('*select(', '@ChatController() other() {}\n  *select(');
  expect(diagnosticsOf(wrong)).toEqual([expect.stringContaining('Unable to resolve signature')]);
}, 60_000);

const LINKS = `
import { z } from 'zod';
import type { ChatContext } from '../../src/context';
import { OnAction } from '../../src/decorators';
import { defineAction } from '../../src/widgets';

const select = defineAction('item.select', z.object({ id: z.string() }));
const move = defineAction('item.move', z.object({ to: z.string().transform(Number) }));
const clear = defineAction('clear');

export class Right {
  @OnAction(select) *all({ id }: { id: string }, ctx: ChatContext) { yield id + ctx.owner; }
  @OnAction(select) async less(payload: object) { return payload; }
  @OnAction(select) none() {}
  @OnAction(move) output({ to }: { to: number }) { return to; }
  @OnAction(clear) without(payload: undefined, ctx: ChatContext) { return [payload, ctx]; }
  @OnAction([move, 'x'], { payload: z.object({ n: z.number() }) }) named({ n }: { n: number }) { return n; }
  @OnAction('x') name(payload: Date) { return payload; }
  @OnAction(select) protected guarded({ id }: { id: string }) { return id; }
}

export class Wrong {
  @OnAction(select) other({ count }: { count: number }) { return count; }
  @OnAction(move) input({ to }: { to: string }) { return to; }
  @OnAction(select) context(ctx: ChatContext) { return ctx; }
  @OnAction(select) second(text: string, payload: { id: string }) { return [text, payload]; }
  @OnAction(clear) some({ id }: { id: string }) { return id; }
  @OnAction('x', { payload: z.object({ n: z.number() }) }) named({ n }: { n: string }) { return n; }
}
`;

test('the compiler checks what they take, without parameter decorators to allow for', () => {
  const messages = diagnosticsOf(LINKS);
  const told = messages.map(
    (message) => /FirstParameterMustTakeThePayloadOf<"([\w.]+)"/.exec(message)?.[1] ?? message,
  );
  expect(told).toEqual(['item.select', 'item.move', 'item.select', 'item.select', 'clear', 'x']);
}, 60_000);
