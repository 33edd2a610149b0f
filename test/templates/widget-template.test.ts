import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expectTypeOf } from 'expect-type';
import * as fc from 'fast-check';
import { TemplateError, WidgetTemplate, type WidgetDefinition } from '../../src/templates';

const GREETING: WidgetDefinition = {
  version: '1.0',
  name: 'Greeting',
  template: '{"type":"Card","children":[{"type":"Text","value":{{ (name) | tojson }}}]}',
  jsonSchema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { name: { type: 'string' } },
    required: ['name'],
    additionalProperties: false,
  },
};

const card = (value: unknown): object => ({ type: 'Card', children: [{ type: 'Text', value }] });
const withTemplate = (template: string, jsonSchema?: unknown): WidgetTemplate =>
  new WidgetTemplate({ version: '1.0', name: 'Trial', template, jsonSchema });

function caught(act: () => unknown): TemplateError {
  try {
    act();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a template', () => {
  test('is filled with data', () => {
    const template = new WidgetTemplate(GREETING);
    expect(template.name).toBe('Greeting');
    expect(template.build({ name: 'Ada' })).toEqual(card('Ada'));
    expect(template.build({ name: '<b>"O\'Neil" & 😀</b>' })).toEqual(card('<b>"O\'Neil" & 😀</b>'));
  });

  test('gives a new widget each time', () => {
    const template = withTemplate('{"type":"Card","children":[]}');
    expect(template.build()).not.toBe(template.build());
  });

  test('needs no data where it uses none', () => {
    expect(withTemplate('{"type":"Basic","children":[]}').build()).toEqual({ type: 'Basic', children: [] });
  });

  test('changes no data, though it may append to its lists', () => {
    const template = withTemplate('{% set _ = xs.append(1) %}{"type":"Card","children":{{ xs | tojson }}}');
    const xs: unknown[] = [];
    expect(template.build({ xs })).toEqual({ type: 'Card', children: [1] });
    expect(xs).toEqual([]);
  });

  test('carries any text as it is', () => {
    const template = new WidgetTemplate(GREETING);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(template.build({ name })).toEqual(card(name));
      }),
    );
  });

  test('carries any JSON as it is', () => {
    const template = withTemplate('{"type":"Card","data":{{ data | tojson }}}');
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const json = JSON.parse(JSON.stringify(data)) as unknown; // -0 is 0
        expect(template.build({ data: json })).toEqual({ type: 'Card', data: json });
      }),
    );
  });

  test('knows the type of its data', () => {
    const typed = new WidgetTemplate<{ name: string }>(GREETING);
    expectTypeOf(typed.build).parameters.toEqualTypeOf<[data: { name: string }]>();
    expectTypeOf(new WidgetTemplate<{ name?: string }>(GREETING).build).toBeCallableWith();
    // @ts-expect-error the name is missing
    expect(() => typed.build({})).toThrow(TemplateError);
  });
});

describe('a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'templates-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test('is found by an absolute path, by one from the working directory, and by URL', () => {
    const file = write('greeting.widget', `\uFEFF${JSON.stringify(GREETING)}`);
    for (const place of [file, relative(process.cwd(), file), pathToFileURL(file)]) {
      const template = WidgetTemplate.fromFile<{ name: string }>(place);
      expect(template.build({ name: 'Ada' })).toEqual(card('Ada'));
    }
  });

  test('that is not there is named', () => {
    const error = caught(() => WidgetTemplate.fromFile(join(folder, 'none.widget')));
    expect(error.code).toBe('template_unreadable');
    expect(error.message).toContain(join(folder, 'none.widget'));
    expect(error.cause).toMatchObject({ code: 'ENOENT' });
  });

  test('that is no JSON is named', () => {
    const error = caught(() => WidgetTemplate.fromFile(write('broken.widget', '{"version":')));
    expect(error.code).toBe('template_unreadable');
    expect(error.message).toContain('broken.widget: it is not JSON');
  });

  test('is named in what goes wrong later', () => {
    const template = WidgetTemplate.fromFile(write('greeting.widget', JSON.stringify(GREETING)));
    expect(caught(() => template.build({})).message).toContain(
      `The widget template "Greeting" (${join(folder, 'greeting.widget')}): the data does not fit`,
    );
  });
});

describe('a definition', () => {
  test.each([
    [null, 'a definition is an object'],
    [{ ...GREETING, version: '2.0' }, 'version "2.0" is not supported'],
    [{ ...GREETING, name: '' }, 'it has no name'],
    [{ ...GREETING, template: 7 }, 'its template is not a string'],
    [{ ...GREETING, jsonSchema: 'x' }, 'its jsonSchema is not a JSON Schema'],
    [{ ...GREETING, jsonSchema: { if: {}, then: {} } }, 'Conditional schemas'],
  ])('that is wrong is refused: %j', (definition, message) => {
    const error = caught(() => new WidgetTemplate(definition as WidgetDefinition));
    expect(error.code).toBe('template_invalid');
    expect(error.message).toContain(message);
  });

  test.each([
    ['{"a":\n{{ (1 }}}', 'unexpected "}": "(" is closed by ")" (line 2)'],
    [
      '{% if a %}\n\n{{ b }}',
      'unexpected end of the template: "if" of line 1 is closed by "{% endif %}" (line 3)',
    ],
    ['\n\n{{ a | nope }}', "No filter named 'nope' (line 3)"],
    ['{{ a is nope }}', "No test named 'nope' (line 1)"],
    ['{# {{ #}\n{% raw %}{{\n{% endraw %}\n{{ "}}\n" ~ }}', 'unexpected "}}": a value is expected (line 5)'],
  ])('with a template that cannot be read names the line: %j', (template, message) => {
    const error = caught(() => withTemplate(template));
    expect(error.code).toBe('template_invalid');
    expect(error.message).toContain(`The widget template "Trial": ${message}`);
  });
});

describe('data', () => {
  const build = (schema: object, data: object): (() => unknown) => {
    const template = withTemplate('{"type":"Card","data":{{ data | tojson }}}', {
      type: 'object',
      properties: { data: schema },
      required: ['data'],
    });
    return () => template.build({ data });
  };

  test('that does not fit is refused, with each place', () => {
    const schema = {
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['a', 'b'] },
        tags: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
        owner: {
          anyOf: [
            { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
            { type: 'null' },
          ],
        },
      },
      required: ['id'],
      additionalProperties: false,
    };
    const error = caught(build(schema, { kind: 'c', tags: ['x', null, 3], owner: { name: 1 }, more: 1 }));
    expect(error.code).toBe('template_data_invalid');
    expect(error.issues?.map(({ path }) => path).sort()).toEqual([
      'data.id',
      'data.kind',
      'data.more',
      'data.owner.name',
      'data.tags.2',
    ]);
    expect(error.message).toContain('The widget template "Trial": the data does not fit its jsonSchema. ');
    expect(error.message).toContain('data.more: is not in the schema');
    expect(error.message).toContain('data.id: Invalid input: expected string');
  });

  test('goes in as JSON would carry it', () => {
    class Guest {
      readonly since = new Date(0);
      readonly nothing = undefined;
      constructor(readonly name: string) {}
    }
    const template = withTemplate(
      '{"type":"Card","data":{{ guest | tojson }},"has":{{ (guest.nothing is defined) | tojson }}}',
    );
    expect(template.build({ guest: new Guest('Ada') })).toEqual({
      type: 'Card',
      data: { name: 'Ada', since: '1970-01-01T00:00:00.000Z' },
      has: false,
    });
    expect(withTemplate('{"type":"Card","n":{{ n }}}').build({ n: 12n })).toEqual({ type: 'Card', n: 12 });
  });

  test.each([
    ['a function', () => 1, 'is a function, not data'],
    ['a symbol', Symbol('x'), 'is a symbol, not data'],
    ['NaN', Number.NaN, 'is NaN, not a number'],
    ['a Map', new Map(), 'is a Map or a Set, not data'],
    ['a huge bigint', 2n ** 80n, 'is too large a number'],
  ])('that is no data is refused: %s', (_, value, message) => {
    const error = caught(() => withTemplate('{"type":"Card"}').build({ list: [{ value }] }));
    expect(error).toMatchObject({
      code: 'template_data_invalid',
      issues: [{ path: 'list.0.value', message }],
    });
  });

  test('that goes round in circles is refused', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(caught(() => withTemplate('{"type":"Card"}').build(loop)).message).toContain(
      'is nested too deeply',
    );
    expect(caught(() => withTemplate('{"type":"Card"}').build([] as never)).issues).toEqual([
      { path: '', message: 'must be an object' },
    ]);
  });

  test('may leave out what has a default', () => {
    const jsonSchema = {
      type: 'object',
      properties: { name: { type: 'string', default: 'you' } },
      required: ['name'],
    };
    const template = withTemplate('{"type":"Card","name":{{ name | tojson }}}', jsonSchema);
    expect(template.build()).toEqual({ type: 'Card', name: 'you' });
    expect(template.build({ name: 'me' })).toEqual({ type: 'Card', name: 'me' });
  });

  test('reaches nothing of JavaScript', () => {
    const names = [
      'constructor',
      '__proto__',
      'toString',
      'prototype',
      'hasOwnProperty',
      'length',
      'call',
      'push',
    ];
    for (const name of names) {
      for (const owner of ['x', 'x.list', 'x.text', 'x.n', 'range', 'x.get']) {
        const template = withTemplate(`{"type":"Card","is":{{ (${owner}.${name} is defined) | tojson }}}`);
        expect(template.build({ x: { list: [1], text: 'a', n: 1 } })).toEqual({ type: 'Card', is: false });
      }
    }
    const given = JSON.parse('{"x":{"__proto__":{"polluted":"yes"}}}') as object;
    const template = withTemplate('{"type":"Card","is":{{ x["__proto__"].polluted | tojson }}}');
    expect(template.build({ ...given })).toEqual({ type: 'Card', is: 'yes' }); // a key like any other
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a rendering that fails', () => {
  test.each([
    ['{"type":"Card",\n"a":{{ titel }}}', "'titel' is undefined (line 2)"],
    ['\n{% for x in xs %}\n{{ x.nope }}{% endfor %}', "'int object' has no attribute 'nope' (line 3)"],
    ['{{ xs.items }}{{ xs | sum + "a" }}', "'list object' has no attribute 'items' (line 1)"],
    ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'it nests or grows without end'],
    ['{% for i in range(9999999) %}{% endfor %}', 'range() of 9999999 numbers is too long (line 1)'],
  ])('says what and where: %j', (text, message) => {
    const error = caught(() => withTemplate(text).build({ xs: [1, 2] }));
    expect(error.code).toBe('template_render_failed');
    expect(error.message).toContain(`The widget template "Trial": ${message}`);
  });

  test.each([
    [
      '{"type":"Card",\n "children":[,]}',
      'the result is not JSON, line 2, column 14: {"type":"Card", "children":[ >>> ,]}.',
    ],
    ['{"type":"Card"', 'the result is not JSON, it ends too soon, after "{\\"type\\":\\"Card\\""'],
    ['{"type":"Card"}}', 'column 16: {"type":"Card"} >>> }'],
    ['{"a":"\n"}', 'column 6: {"a": >>> "'],
    ['', 'it ends too soon'],
    ['{"type":"Text"}', 'must be one of Card, ListView, Basic, but it is "Text"'],
    ['[]', "a widget's root must be one of Card, ListView, Basic, but it is not an object"],
  ])('since it gave no widget, says where: %j', (text, message) => {
    const error = caught(() => withTemplate(text).build());
    expect(error.code).toBe('template_render_failed');
    expect(error.message).toContain(message);
  });

  test('finds the first character that is not JSON wherever JSON.parse fails', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom(',', '}', ']', '"', 'x', '{', ':', '\n'))
      .map(
        ([text, at, character]) =>
          text.slice(0, at % (text.length + 1)) + character + text.slice(at % (text.length + 1)),
      );
    fc.assert(
      fc.property(broken, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const { message } = caught(() => withTemplate('{% raw %}' + text + '{% endraw %}').build());
        expect(message.includes('the result is not JSON')).toBe(!isJson);
      }),
    );
  });
});
