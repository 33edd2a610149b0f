import 'reflect-metadata';
import * as transformer from 'class-transformer';
import * as validator from 'class-validator';
import fc from 'fast-check';
import ts from 'typescript';
import * as decorators from '../../../src/decorators';
import { assistantMessage } from '../../../src/events';
import type { ActionConfig, WidgetRoot } from '../../../src/protocol';
import { handlerStub } from '../../../src/checks/widgets/handler-stub';
import { problemsOf } from '../../routing/support';

/** Pastes a stub as its reader would: the classes into a file, the method into a controller. */
function paste(stub: string): string {
  const at = stub.indexOf('@OnAction');
  return `${stub.slice(0, at)}\n@ChatController()\nclass Pasted {\n${stub.slice(at)}\n}\n`;
}

const scope = { ...transformer, ...validator, ...decorators, assistantMessage };

/** Compiles a pasted stub, and gives the controller. */
function controllerOf(stub: string): new () => object {
  const { outputText, diagnostics = [] } = ts.transpileModule(paste(stub), {
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  expect(diagnostics).toEqual([]);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the stub is code
  return new Function(...Object.keys(scope), `${outputText}\nreturn Pasted;`)(
    ...Object.values(scope),
  ) as new () => object;
}

describe('a stub', () => {
  test('has a class for each kind of object', () => {
    const payloads = [
      {
        id: 'a',
        count: 2,
        tags: ['x'],
        rows: [{ at: 1 }, { at: 2, by: 'me' }],
        user: { 'first-name': 'A', vip: true },
        nothing: {},
        empty: [],
        mixed: ['a', 1],
      },
    ];
    expect(handlerStub({ name: 'cart.pay', sync: true, payloads })).toBe(
      [
        'class CartPayPayloadRows {',
        '  @IsNumber() at!: number;',
        '  @IsOptional() @IsString() by?: string;',
        '}',
        '',
        'class CartPayPayloadUser {',
        "  @IsString() 'first-name'!: string;",
        '  @IsBoolean() vip!: boolean;',
        '}',
        '',
        'class CartPayPayload {',
        '  @IsString() id!: string;',
        '  @IsNumber() count!: number;',
        '  @IsString({ each: true }) tags!: string[];',
        '  @IsArray() @ValidateNested({ each: true }) @Type(() => CartPayPayloadRows) rows!: CartPayPayloadRows[];',
        '  @ValidateNested() @Type(() => CartPayPayloadUser) user!: CartPayPayloadUser;',
        '  @IsObject() nothing!: Record<string, unknown>;',
        '  @IsArray() empty!: unknown[];',
        '  @IsArray() mixed!: unknown[];',
        '}',
        '',
        "@OnAction('cart.pay', { sync: true })",
        'onCartPay(@Payload(CartPayPayload) payload: CartPayPayload) {',
        '  // Return the changed widget, or nothing.',
        '}',
      ].join('\n'),
    );
  });

  test('takes nothing where nothing comes along', () => {
    expect(handlerStub({ name: 'list.refresh', sync: false, payloads: [undefined] })).toBe(
      [
        "@OnAction('list.refresh')",
        'onListRefresh() {',
        "  return assistantMessage('list.refresh is not built yet.');",
        '}',
      ].join('\n'),
    );
  });

  test('takes what is no object as it comes', () => {
    expect(handlerStub({ name: 'a', sync: false, payloads: ['text'] })).toContain(
      "@OnAction('a', { payload: 'unchecked' })\nonA(@Payload() payload: unknown)",
    );
  });

  test('for other kinds of names', () => {
    const stub = (name: string): string => handlerStub({ name, sync: false, payloads: [{ a: 1 }] });
    expect(stub("it's")).toContain("@OnAction('it\\'s')\nonItS(");
    expect(stub('1.2')).toContain('class Action12Payload');
    expect(stub('größe.ändern')).toContain('onGrößeÄndern(');
  });
});

describe('pasted, it makes the problem go away', () => {
  const key = fc.oneof(
    fc.constantFrom('id', 'a', 'b-c', 'class', 'ä', "it's", '1', '', 'toString', '$', 'x.y'),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  );
  // Names that no payload may have, at any depth.
  const json = (maxDepth: number) =>
    fc
      .jsonValue({ maxDepth })
      .filter((value) => !/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value)));
  // A null in a list is a problem of its own, which no handler makes go away.
  const problemsIn = (...args: Parameters<typeof problemsOf>) =>
    problemsOf(...args).filter(({ code }) => code !== 'null_in_list');
  const payload = fc.dictionary(
    key.filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name)),
    json(3),
    { maxKeys: 4 },
  );
  const name = fc
    .array(fc.constantFrom('item', 'a-b', 'été', 'x', '9', 'constructor', "o'neill"), {
      minLength: 1,
      maxLength: 3,
    })
    .map((segments) => segments.join('.'));
  const action = fc.record(
    { type: name, payload: fc.oneof(payload, json(1)), streaming: fc.boolean() },
    { requiredKeys: ['type'] },
  );

  test('whatever is sent', () => {
    fc.assert(
      fc.property(action, fc.option(payload), (config, otherPayload) => {
        const send = (onClickAction: ActionConfig): WidgetRoot => ({ type: 'Button', onClickAction });
        const widgets = [send(config), ...(otherPayload ? [send({ ...config, payload: otherPayload })] : [])];
        const problems = problemsIn([], { widgets });
        expect(problems).toHaveLength(1);
        const { fix } = problems[0]!;
        const stub = fix.slice(fix.indexOf('\n\n'));
        expect(problemsIn([controllerOf(stub)], { widgets })).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
