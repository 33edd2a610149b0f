import { compile, JinjaError } from '../../../src/jinja';

/** What compiling throws: message and line. */
function refusal(template: string): [message: string, line: number | undefined] {
  try {
    compile(template);
  } catch (error) {
    if (error instanceof JinjaError) return [error.message, error.line];
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a syntax error says what was found, what was expected, and where', () => {
  test.each([
    ['\n{{ a b }}', 'unexpected "b": an operator or "}}" is expected', 2],
    ['{{ }}', 'unexpected "}}": a value is expected', 1],
    ['{{ 1 +\n}}', 'unexpected "}}": a value is expected', 2],
    ['{{ a "b" }}', 'unexpected text "b": an operator or "}}" is expected', 1],
    ['{{ [1 2] }}', 'unexpected "2": an operator, "," or "]" is expected', 1],
    ['{{ f(1 2) }}', 'unexpected "2": an operator, "," or ")" is expected', 1],
    ['{{ {"a" 1} }}', 'unexpected "1": ":" and the value of this key is expected', 1],
    ['{{ (1 2) }}', 'unexpected "2": an operator, "," or ")" is expected', 1],
    ['{{ a[1 2] }}', 'unexpected "2": an operator, ":" or "]" is expected', 1],
    ['{{ a. }}', 'unexpected "}}": a name or a whole number is expected', 1],
    ['{{ a | }}', 'unexpected "}}": the name of a filter is expected', 1],
    ['{{ a is }}', 'unexpected "}}": the name of a test is expected', 1],
    ['{{ $a }}', 'unexpected "$"', 1],
    ['{{ 😀 }}', 'unexpected "😀"', 1],
    ['{{ 01 }}', 'unexpected "01": a whole number does not begin with 0', 1],
    ['{{ "\\x4" }}', 'the escape "\\x" is not complete: write "\\\\" for a backslash', 1],
    ['{{ "\\U00110000" }}', 'the escape "\\U00110000" means no character', 1],
    ['{% %}', 'unexpected "%}": the name of a tag is expected', 1],
    ['{% for x %}', 'unexpected "%}": "in" is expected', 1],
    ['{% for 1 in x %}', 'unexpected "1": the name of a variable is expected', 1],
    ['{% set none = 1 %}', 'can\'t assign to "none"', 1],
    ['{% set x y %}', 'unexpected "y": "=", "|" or "%}" is expected', 1],
    ['{% macro m(a=1, b) %}', 'the parameter "b" needs a default, as the one before it has one', 1],
    ['{{ f(a=1, 2) }}', 'arguments have an order: values, *list, name=value, **dict', 1],
  ])('%j', (template, message, line) => {
    expect(refusal(template)).toEqual([message, line]);
  });
});

describe('what is not closed is named, with the line where it was opened', () => {
  test.each([
    ['{{ (1 }}', 'unexpected "}": "(" is closed by ")"', 1],
    ['{{ [1,\n 2) }}', 'unexpected ")": "[" of line 1 is closed by "]"', 2],
    [
      '{{ {"a": 1 }}',
      'unexpected "}": "{{" is closed by "}}"; the "}" before it closed a "{": write "} }}"',
      1,
    ],
    ['{{ 1 } }}', 'unexpected "}": "{{" is closed by "}}"', 1],
    ['{{ 1) }}', 'unexpected ")": "{{" is closed by "}}"', 1],
    ['{{ a\n\n', 'unexpected end of the template: "{{" of line 1 is closed by "}}"', 2],
    ['{{ a %}', 'unexpected "%}": "{{" is closed by "}}"', 1],
    ['{% if a }}', 'unexpected "}}": "{%" is closed by "%}"', 1],
    ['{{ "a', 'the text that begins with " is not closed', 1],
    ['\n{# a', 'the comment "{#" is not closed: "#}" is expected', 2],
    ['\n{% raw %}\na', 'the "raw" is not closed: "{% endraw %}" is expected', 2],
    ['{% if a %}\n\n{{ b }}', 'unexpected end of the template: "if" of line 1 is closed by "{% endif %}"', 3],
    ['{% if a %}\nb\nc', 'unexpected end of the template: "if" of line 1 is closed by "{% endif %}"', 3],
    ['{% if a %}\n{% endfor %}', 'unexpected tag "endfor": "if" of line 1 is closed by "{% endif %}"', 2],
    ['{% for a in b %}{% elif %}', 'unexpected tag "elif": "for" is closed by "{% endfor %}"', 1],
    ['{% set a %}', 'unexpected end of the template: "set" is closed by "{% endset %}"', 1],
    ['\n{% endif %}', 'unexpected tag "endif": no tag is open that it belongs to', 2],
  ])('%j', (template, message, line) => {
    expect(refusal(template)).toEqual([message, line]);
  });
});

describe('what other languages write gets the fix', () => {
  test.each([
    ['{{ a && b }}', 'unexpected "&&": write "and"'],
    ['{{ a || b }}', 'unexpected "||": write "or"'],
    ['{{ !a }}', 'unexpected "!": write "not"'],
    ['{{ a === b }}', 'unexpected "===": write "=="'],
    ['{{ a !== b }}', 'unexpected "!==": write "!="'],
    ['{{ a ?? b }}', 'unexpected "??": use the filter "default"'],
    ['{{ a ? b : c }}', 'unexpected "?": write "a if b else c"'],
    ['{{ `a` }}', 'unexpected "`": a text stands in single or double quotes'],
    ['{% if a = b %}', 'unexpected "=": an operator or "%}" is expected; two values are compared with "=="'],
    [
      '{{ (a = b) }}',
      'unexpected "=": an operator, "," or ")" is expected; two values are compared with "=="',
    ],
    ['{% set a == b %}', 'unexpected "==": "=", "|" or "%}" is expected; a value is given with "="'],
    ['{% set a[0] = b %}', 'can\'t assign to an element: a list is changed by its methods, as in "append"'],
    ['{{ a is b is c }}', 'tests are not chained: write "a is b and a is c"'],
    [
      '{{ a is b if c }}',
      'unexpected "if": the end of the test is expected; a test before "if" is bracketed: (a is b) if c',
    ],
    [
      '{{ a | b.c }}',
      'unexpected ".": "|" or an operator is expected; what a filter gives is bracketed: (a | b).c',
    ],
    ['{% call a %}', 'a "call" calls a macro: {% call name() %}'],
    ['{% elseif a %}', 'unknown tag "elseif": write "elif"'],
    ['{% do a.append(1) %}', 'unknown tag "do": write {% set _ = … %}'],
    ['{% break %}', 'unknown tag "break": choose what is looped over: {% for a in b if c %}'],
    ['{% include "a" %}', 'unknown tag "include": a template stands alone: use a macro'],
    ['{% constructor %}', 'unknown tag "constructor"'],
  ])('%j', (template, message) => {
    expect(refusal(template)).toEqual([message, 1]);
  });
});

test('the first error of a template is told, whatever follows', () => {
  expect(refusal('{{ a b }}{{ "')[0]).toContain('unexpected "b"');
});

test.each(['\n', '\r\n', '\r'])('lines end with %j', (end) => {
  expect(refusal(['a', '{# b', 'c #}', '{{ "d', '" }}', '{% raw %}', '{% endraw %}{{'].join(end))[1]).toBe(7);
});
