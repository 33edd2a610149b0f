import { compile, type Json } from '../../src/jinja';

/* What docs/templates.md names under "What differs" does differ, and in the way that it says. */

const render = (template: string, data: Record<string, Json> = {}): string => compile(template)(data);
const show = (expression: string, data: Record<string, Json> = {}): string =>
  render(`{{ ${expression} }}`, data);

test.each(['{% block a %}{% endblock %}', '{% autoescape true %}{% endautoescape %}', '{% include "a" %}'])(
  'refused when the template is compiled: %s',
  (template) => {
    expect(() => compile(template)).toThrow('unknown tag');
  },
);

test.each(['pprint', 'random', 'urlize', 'wordwrap', 'xmlattr'])('the filter %s is left out', (filter) => {
  expect(() => compile(`{{ "a" | ${filter} }}`)).toThrow(
    `The filter '${filter}' of Jinja2 is left out here.`,
  );
});

test.each(['and', 'else', 'if', 'in', 'is', 'not', 'or'])('no variable is named %s', (keyword) => {
  expect(() => compile(`{{ 1 + ${keyword} }}`)).toThrow(`unexpected "${keyword}": a value is expected`);
});

test.each(['a {#', '{% raw %}'])('refused at the very end, where Jinja2 takes it: %s', (template) => {
  expect(() => compile(template)).toThrow('is not closed');
});

test('the attributes of Python objects are undefined', () => {
  expect(() => show('x.__class__', { x: 1 })).toThrow("'int object' has no attribute '__class__'");
  expect(() => show('5.real')).toThrow("'int object' has no attribute 'real'");
  expect(() => show('lipsum()')).toThrow("'lipsum' is undefined");
  expect(() => show('self')).toThrow("'self' is undefined");
  expect(() => render('{% macro m() %}{% endmacro %}{{ m.name }}')).toThrow("has no attribute 'name'");
});

test('rare methods and arguments are errors', () => {
  expect(() => show('"a".rindex("a")')).toThrow("'str object' has no attribute 'rindex'");
  expect(() => show('{"a": 1}.popitem()')).toThrow("'dict object' has no attribute 'popitem'");
  expect(() => show('range(3).index(1)')).toThrow("has no attribute 'index'");
  expect(() => show('"a".startswith("a", 0)')).toThrow('startswith() takes at most 1 arguments (2 given)');
});

test('rare formats differ', () => {
  expect(show('"%.5x" % 100')).toBe('64');
  expect(show('"%.0e" % 2.5')).toBe('3e+00');
  expect(show('"{:08,}".format(1234)')).toBe('0001,234');
});

test('what a filter block makes is printed, even if it is no text', () => {
  expect(render('{% filter length %}abc{% endfilter %}')).toBe('3');
});

test('methods, macros and generators are printed as other texts', () => {
  expect(show('x.items', { x: {} })).toBe('<function items>');
  expect(render('{% macro m() %}{% endmacro %}{{ m }}')).toBe('<function m>');
  expect(show('[1] | map("string")')).toBe('<generator object>');
});

test('a slice of a number or dict is an error wherever it stands', () => {
  expect(() => show('5[1:]')).toThrow("'int' object has no slices");
});

test('numbers are those of JavaScript', () => {
  expect(show('x', { x: 4.0 })).toBe('4');
  expect(show('x / 1', { x: 4 })).toBe('4.0');
  expect(show('2 ** 53 + 1')).toBe('9007199254740992');
});

test('keys that are whole numbers come first', () => {
  expect(show('x | list', { x: JSON.parse('{"b":1,"2":1,"1":1}') as Json })).toBe("['1', '2', 'b']");
});

test('a key that is a tuple or a float is not found, or printed as a whole number', () => {
  expect(show('{(1, 2): 3}[(1, 2)] is defined')).toBe('False');
  expect(show('{1e3: 1}')).toBe('{1000: 1}');
});

test('a safe text that was changed is safe no more', () => {
  expect(show('"<" | safe | upper | e')).toBe('&lt;');
});

test('what is far too long or deep is refused', () => {
  expect(() => show('range(100001)')).toThrow('range() of 100001 numbers is too long');
  expect(() => show('"ab" * 500001')).toThrow('a repetition of 1000002 elements is too long');
  expect(() => show('('.repeat(201) + ')'.repeat(201))).toThrow('it nests more than 200 levels deep');
});
