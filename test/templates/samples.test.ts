import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WidgetTemplate } from '../../src/templates';
import { sampleData } from '../../src/templates/sample-data';
import { dataCheck } from '../../src/templates/data-check';
import { type WidgetRoot } from '../../src/protocol';
import { widgetActions } from '../../src/widgets';

const template = (text: string, jsonSchema?: unknown, outputJsonPreview?: unknown): WidgetTemplate =>
  new WidgetTemplate({ version: '1.0', name: 'Trial', template: text, jsonSchema, outputJsonPreview });

const object = (properties: object, required = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const shown = (text: string, properties: object, required?: string[]): unknown[] =>
  template(`{"type":"Card","is":${text}}`, object(properties, required))
    .samples()
    .map(({ widget }) => widget['is']);

describe('samples', () => {
  test('of a template without data are its one widget', () => {
    const widget = { type: 'Card', children: [] };
    expect(template(JSON.stringify(widget)).samples()).toEqual([{ widget, twin: widget }]);
  });

  test('show both values of a boolean, and each of an enum', () => {
    expect(shown('{{ a | tojson }}', { a: { type: 'boolean' } })).toEqual([true, false]);
    expect(shown('{{ a | tojson }}', { a: { enum: ['x', 'y', 'z'] } })).toEqual(['x', 'y', 'z']);
    expect(shown('{{ a | tojson }}', { a: { const: 'only' } })).toEqual(['only']);
  });

  test('show lists of two, one and no elements', () => {
    expect(shown('{{ a | length }}', { a: { type: 'array', items: { type: 'string' } } })).toEqual([2, 1, 0]);
    const bounded = { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 5 };
    expect(shown('{{ a | length }}', { a: bounded })).toEqual([2, 1]);
  });

  test('show fields that may be absent, present and absent', () => {
    expect(shown('{{ (a is defined) | tojson }}', { a: { type: 'string' } }, [])).toEqual([true, false]);
  });

  test('show each form of what has several, and null', () => {
    const forms = { anyOf: [{ const: 'plain' }, object({ deep: { type: 'boolean' } }), { type: 'null' }] };
    expect(shown('{{ a | tojson }}', { a: forms })).toEqual(['plain', { deep: true }, null, { deep: false }]);
    expect(shown('{{ (a is none) | tojson }}', { a: { type: ['string', 'null'] } })).toEqual([false, true]);
  });

  test('leave out what the template cannot show, unless that is all', () => {
    expect(shown('{{ a | tojson }}', { a: { type: 'integer' } }, [])).toEqual([expect.any(Number)]);
    expect(() => shown('{{ b }}', { a: { type: 'string' } })).toThrow(
      `No sample data could be rendered. The widget template "Trial": 'b' is undefined (line 1).`,
    );
  });

  test('have twins with other texts and numbers, and the same choices', () => {
    const properties = {
      id: { type: 'string' },
      price: { type: 'number', minimum: 1, maximum: 1000 },
      size: { enum: ['s', 'l'] },
      mail: { type: 'string', format: 'email' },
    };
    const action =
      '{"type":"buy","payload":{{ {"id": id, "price": price, "size": size, "fix": 1, "mail": mail} | tojson }}}';
    const samples = template(
      `{"type":"Card","children":[{"type":"Button","onClickAction":${action}}]}`,
      object(properties),
    ).samples();
    expect(samples).toHaveLength(2);
    for (const { widget, twin } of samples) {
      const [one, other] = [widget, twin!].map(
        (each) => widgetActions(each)[0]!.config.payload as Record<string, unknown>,
      );
      expect(one!['id']).not.toBe(other!['id']);
      expect(one!['price']).not.toBe(other!['price']);
      expect(one!['mail']).not.toBe(other!['mail']);
      expect(one).toMatchObject({ size: other!['size'], fix: 1 });
    }
  });

  test('have twins of the same components', () => {
    const text =
      '{"type":"Card","children":[{% if n % 2 %}{"type":"Text","value":{{ n }}}{% else %}{"type":"Box","size":{{ n }}}{% endif %}]}';
    const [sample] = template(text, object({ n: { type: 'integer' } })).samples();
    const componentOf = ({ children }: WidgetRoot): unknown => (children as WidgetRoot[])[0]?.type;
    expect(componentOf(sample!.twin!)).toBe(componentOf(sample!.widget));
    expect(sample!.twin).not.toEqual(sample!.widget);
  });

  test('end with the preview in the file, of whose payloads only the names are known', () => {
    const preview = {
      type: 'Card',
      children: [
        { type: 'Button', label: 'Go', onClickAction: { type: 'go', payload: { id: 'abc', at: [1, true] } } },
      ],
    };
    const twin = structuredClone(preview);
    twin.children[0]!.onClickAction.payload = { id: 'abc (other)', at: [2, false] };
    const text = '{"type": "Card", "children": []}';
    expect(template(text, undefined, preview).samples().at(-1)).toEqual({ widget: preview, twin });
    expect(template(text, undefined, JSON.stringify(preview)).samples().at(-1)).toEqual({
      widget: preview,
      twin,
    });
  });

  test('are no more than 64, however much the schema allows', () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`f${String(index)}`, { type: 'boolean' }]),
    );
    const values = Object.keys(many).join(', ');
    expect(shown(`{{ [${values}] | tojson }}`, many)).toHaveLength(64);
  });

  test('are made for schemas that refer to themselves', () => {
    const node = object({
      name: { type: 'string' },
      children: { type: 'array', items: { $ref: '#/$defs/node' } },
    });
    const schema = { ...object({ root: { $ref: '#/$defs/node' } }), $defs: { node } };
    expect(
      template('{"type":"Card","is":{{ root.name | tojson }}}', schema).samples().length,
    ).toBeGreaterThan(0);
  });
});

test('made-up data fits the schemas of the corpus', () => {
  const corpus = join(__dirname, '../jinja/corpus');
  for (const file of readdirSync(corpus).filter((name) => name.endsWith('.widget'))) {
    const { jsonSchema } = JSON.parse(readFileSync(join(corpus, file), 'utf8')) as { jsonSchema: unknown };
    const check = dataCheck(jsonSchema);
    for (const seed of [0, 1, 2]) {
      const { data } = sampleData(jsonSchema, new Map(), seed);
      expect({ file, issues: check(data).issues }).toEqual({ file, issues: undefined });
    }
  }
});
