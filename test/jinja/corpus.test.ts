import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, JinjaError, type Json } from '../../src/jinja';

/*
 * What Jinja2 made of each template is recorded by oracle.py: the text, or null where it raised. Ours
 * must be the same, byte for byte.
 */

const CORPUS = join(__dirname, 'corpus');
const read = (name: string): unknown => JSON.parse(readFileSync(join(CORPUS, name), 'utf8'));

type Recorded = string | null;
type Data = Record<string, Json>;
type Case = [template: string, data?: Data];
const expected = read('expected.json') as {
  widgets: Record<string, Recorded[]>;
  texts: Record<string, Recorded[]>;
};
const texts = read('texts.json') as Record<string, Case[]>;
const random = read('random.json') as { data: Data; pairs: [string, Recorded][] };

function render(template: string, data: Data = {}): Recorded {
  try {
    return compile(template)(data);
  } catch (error) {
    if (error instanceof JinjaError) return null;
    throw error;
  }
}

describe('widgets as Studio exports them', () => {
  interface Example {
    template: string;
    examples: Data[];
  }
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
});

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
