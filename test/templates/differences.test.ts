import { WidgetTemplate } from '../../src/templates';

/* What docs/templates.md names under "What differs" does differ, and in the way that it says. */

const show = (expression: string, data: object = {}): unknown =>
  template(`{"type":"Card","is":{{ ${expression} | string | tojson }}}`).build({ ...data })['is'];
const template = (text: string): WidgetTemplate =>
  new WidgetTemplate({ version: '1.0', name: 'Trial', template: text });

test.each([
  '{% block a %}{% endblock %}',
  '{% autoescape true %}{% endautoescape %}',
  '{% include "a" %}',
  '{{ größe }}',
  '{% filter upper | lower %}{% endfilter %}',
  'a {# b',
  '{{ 1 if 2 if 3 }}',
  ...['pprint', 'random', 'urlize', 'wordwrap', 'xmlattr'].map((filter) => `{{ "a" | ${filter} }}`),
])('refused when the template is made: %s', (text) => {
  expect(() => template(text)).toThrow(expect.objectContaining({ code: 'template_invalid' }));
});

test('a bracketed condition filters the loop', () => {
  expect(
    template('{"type":"Card","is":[{% for x in (xs if x > 1) %}{{ x }}{% endfor %}]}').build({ xs: [1, 2] }),
  ).toEqual({
    type: 'Card',
    is: [2],
  });
});

test('the attributes of Python objects are undefined', () => {
  expect(() => show('x.__class__', { x: 1 })).toThrow("'int object' has no attribute '__class__'");
  expect(() => show('5.real')).toThrow("'int object' has no attribute 'real'");
  expect(() => show('lipsum()')).toThrow("'lipsum' is undefined");
});

test('methods and generators are printed as other texts', () => {
  expect(show('x.items', { x: {} })).toBe('<function items>');
  expect(show('([1] | map("string"))')).toBe('<generator object>');
});

test('numbers are those of JavaScript', () => {
  expect(show('x', { x: 4.0 })).toBe('4');
  expect(show('(x / 1)', { x: 4 })).toBe('4.0');
  expect(show('(2 ** 53 + 1)')).toBe('9007199254740992');
});

test('keys that are whole numbers come first', () => {
  expect(show('(x | list)', { x: JSON.parse('{"b":1,"2":1,"1":1}') as object })).toBe("['1', '2', 'b']");
});

test('a safe text that was changed is safe no more', () => {
  expect(show('("<" | safe | upper | e)')).toBe('&lt;');
});

test('what is far too long is refused', () => {
  expect(() => show('range(100001)')).toThrow('range() of 100001 numbers is too long');
  expect(() => show('("ab" * 500001)')).toThrow('a repetition of 1000002 elements is too long');
});
