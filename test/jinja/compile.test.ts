import { compile, JinjaError, type Json } from '../../src/jinja';

function failure(
  template: string,
  data: Record<string, Json> = {},
): [message: string, line: number | undefined] {
  const render = compile(template);
  try {
    render(data);
  } catch (error) {
    if (error instanceof JinjaError) return [error.message, error.line];
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('what fails while rendering has the line where it stands', () => {
  test.each([
    ['a\n{{ b }}', "'b' is undefined", 2],
    ['{{ 1 / 0 }}', 'division by zero', 1],
    ['{{ {\n"a": 1,\n"b": x.c.d\n} | tojson }}', "'int object' has no attribute 'c'", 3],
    ['{{ [\nx,\nx + "a"] }}', "unsupported operand type(s) for +: 'int' and 'str'", 3],
    ['{{ {\n"a": 1,\n"b": a.c\n}\n| tojson }}', "'a' is undefined", 3],
    ['{{ {"a":\n[b]} | tojson }}', "'b' is undefined", 2],
    ['{{ [\nx.y\n]\n| tojson }}', "'int object' has no attribute 'y'", 2],
    ['{{ [x\n[0]\n]\n| tojson }}', 'int object has no element 0', 2],
    ['{% set b =\na %}\n\n{{ b }}', "'a' is undefined", 2],
    ['{{ [1 if\nx == 2] | tojson }}', 'the inline if-expression evaluated to false and has no else', 1],
    ['{{ "a"\n| replace("a") }}', "replace() is missing its argument 'new'", 2],
    ['{{ x\n(1) }}', "'int' object is not callable", 2],
    ['{% if a %}\n{% elif\nb %}{% endif %}', "'a' is undefined", 1],
    ['{% if x == 2 %}\n{% elif\nb %}{% endif %}', "'b' is undefined", 3],
    ['{% for i in\nx %}{% endfor %}', "'int' object is not iterable", 1],
    ['{% for i in [1] %}\n{{ i.a }}{% endfor %}', "'int object' has no attribute 'a'", 2],
    ['\n{% for a, b in [1, 2] %}{% endfor %}', "'int' object is not iterable", 2],
    ['\n{% set a.b = 1 %}', "'a' is undefined", 2],
    ['\n{% set a, b = [1] %}', 'not enough values to unpack (expected 2, got 1)', 2],
    ['\n{% with a, b = x %}{% endwith %}', "'int' object is not iterable", 2],
    ['{% macro m() %}\n{{ a }}{% endmacro %}\n{{ m() }}', "'a' is undefined", 2],
    ['{% macro m() %}{{ a }}{% endmacro %}\n{{ m() }}', "'a' is undefined", 1],
    ['{% macro m(a=b) %}{{ a }}{% endmacro %}\n{{ m() }}', "'b' is undefined", 1],
    [
      '{% macro m() %}{{ caller() }}{% endmacro %}\n{% call m() %}\n{{ a }}{% endcall %}',
      "'a' is undefined",
      3,
    ],
    ['\n{% filter round %}a{% endfilter %}', 'must be real number, not str', 2],
    ['\n{% if true %}{{ 1 | nope }}{% endif %}', "No filter named 'nope'.", 2],
    ['{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}', 'it nests or grows without end', 1],
  ])('%j', (template, message, line) => {
    expect(failure(template, { x: 1 })).toEqual([message, line]);
  });
});

test('a compiled template keeps nothing between renderings', () => {
  const render = compile('{% set _ = xs.append(1) %}{{ xs }}');
  const xs: Json[] = [];
  expect([render({ xs }), render({ xs }), xs]).toEqual(['[1]', '[1]', []]);
});

describe('long texts in the data cost what their length does', () => {
  const long = 200_000;
  test.each([
    ['x | trim', `a${' '.repeat(long)}b`, `a${' '.repeat(long)}b`],
    ['x.strip() | length', `a${' '.repeat(long)}b `, String(long + 2)],
    ['x | float', `${'1'.repeat(long)}x`, '0.0'],
    ['x | int', `${'1'.repeat(long)}!`, '0'],
    ['x | striptags | length', '<'.repeat(long), String(long)],
    ['x | striptags | length', '<!--'.repeat(long), String(long * 4)],
    ['x | title | length', '-'.repeat(long), String(long)],
  ])('%s', (expression, x, expected) => {
    expect(compile(`{{ ${expression} }}`)({ x })).toBe(expected);
  });
});

test('striptags reads comments, tags and codes as Python does', () => {
  const render = compile('{{ x | striptags }}');
  expect(render({ x: 'a<!-- <b> -->b <i\n>c</i> &amp;&#33;&#x;' })).toBe('ab c &!&#x;');
  expect(render({ x: '&#99999999;&#0;' })).toBe('\ufffd\ufffd');
});
