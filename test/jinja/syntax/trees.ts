import * as fc from 'fast-check';
import type * as ast from '../../../src/jinja/syntax/ast';

/* Random syntax trees, all on line 1: places are compared elsewhere. */

const line = 1;
const KEYWORDS = ['and', 'else', 'if', 'in', 'is', 'not', 'or'];
const LITERALS = ['true', 'True', 'false', 'False', 'none', 'None'];

const word = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,3}$/),
  fc.constantFrom('größe', '名', 'recursive', 'loop', 'e1', '_'),
);
const variable = word.filter((name) => !KEYWORDS.includes(name) && !LITERALS.includes(name));
/** Where there are no variables a keyword is a name like any other. */
const anyName = fc.oneof(word, fc.constantFrom(...KEYWORDS, ...LITERALS));

const literal: fc.Arbitrary<ast.Expression> = fc.oneof(
  fc
    .oneof(
      fc.boolean(),
      fc.constant(null),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{{', '%}', "'", '\\', '\r\n'),
    )
    .map((value) => ({ type: 'constant' as const, value, line })),
  fc.nat().map((value) => ({ type: 'integer' as const, value, line })),
  fc
    .double({ min: 0, noNaN: true, noDefaultInfinity: true })
    .map((value) => ({ type: 'float' as const, value: Math.abs(value), line })),
  variable.map((name) => ({ type: 'name' as const, name, line })),
);

const target: fc.Arbitrary<ast.Target> = fc.letrec<{ target: ast.Target }>((tie) => ({
  target: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    variable.map((name) => ({ type: 'name' as const, name, line })),
    fc
      .array(tie('target'), { minLength: 1, maxLength: 3 })
      .map((targets) => ({ type: 'targets' as const, targets, line })),
  ),
})).target;

const setTarget: fc.Arbitrary<ast.Target> = fc.oneof(
  target,
  fc.record({
    type: fc.constant('attribute' as const),
    owner: variable,
    name: anyName,
    line: fc.constant(line),
  }),
);

const node = <T extends string, F extends object>(
  type: T,
  fields: { [K in keyof F]: fc.Arbitrary<F[K]> },
): fc.Arbitrary<F & { type: T; line: number }> =>
  fc.record(fields as never).map((made) => ({ type, ...(made as F), line }));

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Texts without the beginning of a tag, which do not end the template with an end of line. */
const text = fc
  .string({ unit: 'binary' })
  .map((each) => `${each.replace(/[{\r]/g, '')}.`)
  .map((each): ast.Statement => ({ type: 'text', text: each, line }));

export const { expression, body } = fc.letrec<{
  expression: ast.Expression;
  args: ast.Argument[];
  call: ast.Call;
  filter: ast.FilterCall;
  parameters: ast.Parameter[];
  statement: ast.Statement;
  body: ast.Statement[];
}>((tie) => {
  const inner = tie('expression');
  const filters = fc.array(tie('filter'), { maxLength: 2 });
  const sequence = fc.array(inner, { maxLength: 3 });
  return {
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      { arbitrary: literal, weight: 4 },
      node('list', { items: sequence }),
      node('tuple', { items: sequence }),
      node('dict', { entries: fc.array(fc.tuple(inner, inner), { maxLength: 2 }) }),
      node('unary', { operator: fc.constantFrom('not', '-', '+'), operand: inner }),
      node('binary', {
        operator: fc.constantFrom('or', 'and', '+', '-', '~', '*', '/', '//', '%', '**'),
        left: inner,
        right: inner,
      }),
      node('comparison', {
        first: inner,
        rest: fc.array(
          fc.record({
            operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in', 'not in'),
            operand: inner,
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
      node('conditional', { test: inner, yes: inner, no: optional(inner) }),
      node('attribute', { object: inner, name: anyName }),
      node('item', { object: inner, key: inner }),
      node('slice', { object: inner, start: optional(inner), stop: optional(inner), step: optional(inner) }),
      tie('call'),
      node('filter', { operand: inner, name: anyName, args: tie('args') }),
      node('test', {
        operand: inner,
        name: anyName.filter((name) => name !== 'not'),
        isNegated: fc.boolean(),
        args: tie('args'),
      }),
    ),
    args: fc
      .tuple(
        fc.array(inner, { maxLength: 2 }),
        optional(inner),
        fc.array(fc.tuple(variable, inner), { maxLength: 2 }),
        optional(inner),
      )
      .map(([values, list, named, dict]): ast.Argument[] => [
        ...values.map((value) => ({ kind: 'positional' as const, value })),
        ...(list === undefined ? [] : [{ kind: 'list' as const, value: list }]),
        ...named.map(([name, value]) => ({ kind: 'named' as const, name, value })),
        ...(dict === undefined ? [] : [{ kind: 'dict' as const, value: dict }]),
      ]),
    call: node('call', { callee: inner, args: tie('args') }),
    filter: fc.record({ name: anyName, args: tie('args'), line: fc.constant(line) }),
    parameters: fc
      .tuple(fc.array(variable, { maxLength: 2 }), fc.array(fc.tuple(variable, inner), { maxLength: 2 }))
      .map(([plain, others]) => [
        ...plain.map((name) => ({ name, otherwise: undefined })),
        ...others.map(([name, otherwise]) => ({ name, otherwise })),
      ]),
    statement: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      node('print', { value: inner }),
      node('set', { target: setTarget, value: inner }),
      node('if', { test: inner, body: tie('body'), otherwise: tie('body') }),
      node('for', {
        target,
        items: inner,
        condition: optional(inner),
        isRecursive: fc.boolean(),
        body: tie('body'),
        otherwise: tie('body'),
      }),
      node('set block', { target: setTarget, filters, body: tie('body') }),
      node('with', {
        values: fc.array(fc.record({ target, value: inner }), { maxLength: 2 }),
        body: tie('body'),
      }),
      node('macro', { name: variable, parameters: tie('parameters'), body: tie('body') }),
      node('call block', { call: tie('call'), parameters: tie('parameters'), body: tie('body') }),
      node('filter block', {
        filters: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }),
        body: tie('body'),
      }),
    ),
    body: fc
      .tuple(optional(text), fc.array(fc.tuple(tie('statement'), optional(text)), { maxLength: 3 }))
      .map(([first, more]) => [first, ...more.flat()].filter((each) => each !== undefined)),
  };
});
