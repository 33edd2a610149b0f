import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './code-blocks';
import { linesIn, logLines, rowOf } from './log-lines';

/*
 * What docs/observability.md lists, held against the code.
 */

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const page = read('docs/observability.md');

/** The rows of the table below a heading, as cells. */
function tableBelow(heading: string): string[][] {
  const [, below = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [section = ''] = below.split(/^#+ /m);
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const quoted = (text: string): string[] => Array.from(text.matchAll(/`([^`]+)`/g), ([, word = '']) => word);

test('the lines that are logged, with level and fields, are those of the table', () => {
  const lines = logLines();
  expect(lines.length).toBeGreaterThan(50);
  expect(tableBelow('Log lines')).toEqual(lines.map(rowOf));
});

test('a line is found in whatever way it is written', () => {
  const text = [
    "ctx.log.warn({ err: error, ...(a ? {} : { fix }) }, a ? 'one' : 'two');",
    'this.parts.services.logger.info({ count }, `of ${name}` + " there are");',
    "logFailure(logger, error, 'it failed', { requestId });",
    "await this.withinGrace(() => work, 'not in time');",
    "console.warn({ a }, 'not ours');",
  ].join('\n');
  expect(linesIn('a.ts', text).map(rowOf)).toEqual([
    ['one', 'warn', '`err`, `fix`'],
    ['two', 'warn', '`err`, `fix`'],
    ['of … there are', 'info', '`count`'],
    ['it failed', 'error', '`err`, `requestId`'],
    ['not in time', 'warn', '`graceMs`'],
  ]);
});

test('the attributes of spans are those of the code', () => {
  const inCode = new Set(
    Array.from(
      read('src/opentelemetry/spans.ts').matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g),
      ([, name = '']) => name,
    ),
  );
  expect(inCode.size).toBeGreaterThan(15);
  const inTable = tableBelow('Spans').flatMap(([, , attributes = '']) => quoted(attributes));
  const beside = [
    'error.type',
    ...tableBelow('What is not recorded').flatMap(([, what = '']) => quoted(what)),
  ];
  const told = [...inTable, ...beside].filter((name) => name.includes('.'));
  expect([...new Set(told)].sort()).toEqual([...inCode].sort());
});

test('the metrics are those of the code, with their kinds and units', () => {
  const kinds = { Histogram: 'histogram', Counter: 'counter', UpDownCounter: 'up-down counter' };
  const made = read('src/opentelemetry/instruments.ts').matchAll(
    /create(\w+)\('([\w.]+)', \{\s+unit: '([^']+)'/g,
  );
  const inCode = Array.from(made, ([, kind = '', name, unit]) => [
    `\`${name!}\``,
    kinds[kind as keyof typeof kinds],
    `\`${unit!}\``,
  ]);
  expect(inCode).toHaveLength(6);
  expect(tableBelow('Metrics').map((row) => row.slice(0, 3))).toEqual(inCode);
});

test('the options are those of the code', () => {
  const inCode = Array.from(
    read('src/opentelemetry/recording.ts').matchAll(/readonly (\w+):/g),
    ([, name]) => name,
  );
  expect(tableBelow('What is not recorded').map(([name = '']) => quoted(name)[0])).toEqual(inCode);
});
