import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WidgetTemplate } from '../../src/templates';

/* Widgets as Studio exports them, with what Jinja2 made of each: the text, or null where it raised. */

const CORPUS = join(__dirname, '../jinja/corpus');
const read = (name: string): unknown => JSON.parse(readFileSync(join(CORPUS, name), 'utf8'));
const expected = read('expected.json') as { widgets: Record<string, (string | null)[]> };

const files = readdirSync(CORPUS).filter((name) => name.endsWith('.widget'));
const cases = files.flatMap((file) => {
  const { examples } = read(file) as { examples: object[] };
  return examples.map((data, index) => ({ file, index, data }));
});

test('are enough', () => {
  expect(files.length).toBeGreaterThan(30);
});

test.each(cases)('$file, example $index, builds the same widget', ({ file, index, data }) => {
  const widget = widgetIn(expected.widgets[file]?.[index] ?? null);
  const template = WidgetTemplate.fromFile(join(CORPUS, file));
  if (widget === undefined) expect(() => template.build({ ...data })).toThrow('The widget template');
  else expect(template.build({ ...data })).toEqual(widget);
});

/** The widget in what Python rendered; nothing where that raised, or gave no JSON or no root. */
function widgetIn(text: string | null): object | undefined {
  try {
    const { type, ...props } = JSON.parse(text ?? '') as { type: string };
    return ['Card', 'ListView', 'Basic'].includes(type) ? { type, ...props } : undefined;
  } catch {
    return undefined;
  }
}
