import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { compile, JinjaError, type Json } from '../../../src/jinja';
import type * as ast from '../../../src/jinja/syntax/ast';
import { parse } from '../../../src/jinja/syntax/parse';
import { body, expression } from './trees';
import { Writer } from './write';

const space = fc.constantFrom(' ', '\n', ' \t ', '\u00a0');
/** The same tree with all of it on line 1. */
const onLineOne = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'line' ? 1 : value)));

describe('what is written from a syntax tree', () => {
  test('is read as that tree: expressions', () => {
    fc.assert(
      fc.property(expression, space, (value, s) => {
        const printed: ast.Statement[] = [{ type: 'print', value, line: 1 }];
        expect(onLineOne(parse(new Writer(s).block(printed)))).toEqual(onLineOne(printed));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is read as that tree: statements', () => {
    fc.assert(
      fc.property(body, space, (tree, s) => {
        expect(onLineOne(parse(new Writer(s).block(tree)))).toEqual(onLineOne(tree));
      }),
      { numRuns: 300 },
    );
  });
});

describe('garbage', () => {
  const pieces = fc.constantFrom(
    ...['{{', '}}', '{%', '%}', '{#', '#}', '{{-', '-}}', '{%-', '-%}', '+%}', '(', ')', '[', ']', '{', '}'],
    ...[
      ' ',
      '\n',
      '\r\n',
      '.',
      ',',
      ':',
      '|',
      '=',
      '==',
      '<=',
      '+',
      '-',
      '*',
      '**',
      '/',
      '//',
      '%',
      '~',
      '!',
    ],
    ...['a', 'b.c', 'if', 'else', 'elif', 'endif', 'for', 'in', 'endfor', 'set', 'endset', 'with', 'endwith'],
    ...['macro', 'endmacro', 'call', 'endcall', 'filter', 'endfilter', 'raw', 'endraw', 'print', 'is', 'not'],
    ...[
      'and',
      'or',
      'recursive',
      'none',
      'true',
      'upper',
      'defined',
      '1',
      '1.5',
      '0x',
      '1e',
      "'",
      '"',
      '\\',
      'é',
    ],
    ...[
      '{% if a %}',
      '{% endif %}',
      '{% for a in b %}',
      '{% endfor %}',
      '{{ a }}',
      '{% raw %}',
      '{% endraw %}',
    ],
  );
  const garbage = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

  const corpus = join(__dirname, '../corpus');
  const templates = [
    ...Object.values(
      JSON.parse(readFileSync(join(corpus, 'texts.json'), 'utf8')) as Record<string, [string][]>,
    ).flatMap((cases) => cases.map(([template]) => template)),
    ...readdirSync(corpus)
      .filter((name) => name.endsWith('.widget'))
      .map((name) => (JSON.parse(readFileSync(join(corpus, name), 'utf8')) as { template: string }).template),
  ];
  /** A template with a part of it replaced. */
  const damaged = fc
    .tuple(fc.constantFrom(...templates), fc.nat(), fc.nat({ max: 5 }), fc.array(pieces, { maxLength: 3 }))
    .map(([template, at, length, parts]) => {
      const start = at % (template.length + 1);
      return template.slice(0, start) + parts.join('') + template.slice(start + length);
    });

  test('throws nothing but a JinjaError with a line and a message, or is read', () => {
    fc.assert(
      fc.property(fc.oneof(garbage, damaged, fc.string({ unit: 'binary' })), (template) => {
        const error = thrown(() => compile(template));
        if (error === undefined) return;
        expect(error.message).toMatch(/^\S.*[^.]\.?$/s);
        expect(error.line).toBeGreaterThan(0);
        expect(error.line).toBeLessThanOrEqual(template.split(/\r\n|[\r\n]/).length);
      }),
      { numRuns: 5_000 },
    );
  });

  test('that is read is rendered, or throws a JinjaError with a line', () => {
    const data: Record<string, Json> = { a: 1, b: [1, { c: 'x' }], x: { k: [1, 2] }, xs: ['a', 'b'] };
    fc.assert(
      fc.property(fc.oneof(garbage, damaged), (template) => {
        const error = thrown(() => compile(template)(data));
        if (error !== undefined) expect(error.line).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ...[
      '{{',
      '{%',
      '{#',
      '{{ "',
      '{{ a',
      '{% raw %}',
      '{%- raw -%} {%',
      '{{ (',
      '{{ [',
      '{{ {1: ',
      '{{ -',
      '{{ not ',
    ],
    ...[
      '{{ a if ',
      '{{ a if b else ',
      '{{ a + ',
      '{{ a ~ ',
      '{{ a < ',
      '{{ a.',
      '{{ a[',
      '{{ a(',
      '{{ a | b(',
      '{{ a is ',
    ],
    ...[
      '{% if a %}',
      '{% elif a %}',
      '{% for a in b %}',
      '{% set a %}',
      '{% macro a() %}',
      '{% with a = (',
      '{% set (',
      ' ',
    ],
  ])('of a hundred thousand times %j is told from a template', (piece) => {
    const [, first = ''] = /^(\{[{%] )/.exec(piece) ?? [];
    const repeated = first + piece.slice(first.length).repeat(100_000);
    for (const template of [piece.repeat(100_000), repeated, `{% if a %}${repeated}`, `${repeated}b }}`]) {
      expect(thrown(() => compile(template))?.message ?? 'read').not.toBe('');
    }
  });
});

function thrown(run: () => unknown): JinjaError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof JinjaError) return error;
    throw error;
  }
}

describe('each node has the line of the token that makes it what it is', () => {
  const only = (template: string): unknown => parse(template)[0];

  test('in expressions', () => {
    expect(only('{{\na\n.\nb\n+\n1 }}')).toMatchObject({
      line: 1,
      value: { type: 'binary', line: 5, left: { type: 'attribute', line: 4 }, right: { line: 6 } },
    });
    expect(only('{{ a\n|\nb(\n1) is\nc }}')).toMatchObject({
      value: { type: 'test', line: 5, operand: { type: 'filter', line: 3, args: [{ value: { line: 4 } }] } },
    });
  });

  test('in statements', () => {
    expect(only('{%\nif a %}\n{% elif b %}{% else %}\nx{% endif %}')).toMatchObject({
      line: 2,
      otherwise: [{ type: 'if', line: 3, otherwise: [{ type: 'text', line: 3 }] }],
    });
  });
});
