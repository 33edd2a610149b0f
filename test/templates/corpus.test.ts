import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WidgetTemplate, type WidgetDefinition } from '../../src/templates';
import { loadEngine } from '../../src/templates/engine';
import { compile } from '../../src/templates/jinja/compile';
import { Fault } from '../../src/templates/jinja/fault';
import { plainData, templateData, type Json } from '../../src/templates/plain-data';

/*
 * What Jinja2 made of each template is recorded by oracle.py: the text, or null where it raised. Ours
 * must be the same, byte for byte.
 */

const CORPUS = join(__dirname, 'corpus');
const read = (name: string): unknown => JSON.parse(readFileSync(join(CORPUS, name), 'utf8'));

type Recorded = string | null;
type Case = [template: string, data?: object];
const expected = read('expected.json') as {
  widgets: Record<string, Recorded[]>;
  texts: Record<string, Recorded[]>;
};
const texts = read('texts.json') as Record<string, Case[]>;
const random = read('random.json') as { data: object; pairs: [string, Recorded][] };

function render(template: string, data: object = {}): Recorded {
  try {
    return compile(template, loadEngine())(templateData(plainData(data, []) as Record<string, Json>));
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

describe('widgets as Studio exports them', () => {
  type Example = WidgetDefinition & { examples: object[] };
  const files = readdirSync(CORPUS).filter((name) => name.endsWith('.widget'));
  const cases = files.flatMap((file) => {
    const definition = read(file) as Example;
    return definition.examples.map((data, index) => ({ file, index, definition, data }));
  });

  test('are enough', () => {
    expect(files.length + Object.values(texts).flat().length).toBeGreaterThan(300);
  });

  test.each(cases)('$file, example $index, renders to the same text', ({ file, index, definition, data }) => {
    expect(render(definition.template, data)).toBe(expected.widgets[file]?.[index]);
  });

  test.each(cases)('$file, example $index, builds the same widget', ({ file, index, data }) => {
    const text = expected.widgets[file]?.[index] ?? null;
    const template = WidgetTemplate.fromFile(join(CORPUS, file));
    const widget = widgetIn(text);
    if (widget === undefined) expect(() => template.build({ ...data })).toThrow('The widget template');
    else expect(template.build({ ...data })).toEqual(widget);
  });
});

/** The widget in what Python rendered; nothing where that raised, or gave no JSON or no root. */
function widgetIn(text: Recorded): object | undefined {
  try {
    const { type, ...props } = JSON.parse(text ?? '') as { type: string };
    return ['Card', 'ListView', 'Basic'].includes(type) ? { type, ...props } : undefined;
  } catch {
    return undefined;
  }
}

describe.each(Object.entries(texts))('templates about %s', (title, cases) => {
  test.each(cases.map((each, index) => ({ template: each[0], data: each[1], index })))(
    '$template',
    ({ template, data, index }) => {
      expect(render(template, data)).toBe(expected.texts[title]?.[index]);
    },
  );
});

test('made-up expressions give what they give in Python', () => {
  const differing = random.pairs.filter(([template, text]) => render(template, random.data) !== text);
  expect(differing).toEqual([]);
  expect(random.pairs.filter(([, text]) => text !== null).length).toBeGreaterThan(500);
});
