/* A widget from a template: one build of ours against JSON.parse of the text that it renders. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WidgetTemplate } from 'chatkit-controllers/templates';
import { inTurns } from './lib/stopwatch.mjs';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const timing = flags.quick ? { rounds: 3, ms: 60 } : { rounds: 9, ms: 200 };

const file = new URL('../test/jinja/corpus/line-picker.widget', import.meta.url);
const definition = JSON.parse(readFileSync(file, 'utf8'));
const lines = Array.from({ length: 8 }, (_, n) => ({
  id: `line_${n}`,
  label: `Line ${n}`,
  color: 'red-500',
}));

const template = new WidgetTemplate(definition);
const text = JSON.stringify(template.build({ lines }));

const repeat = (step) => (times) => {
  for (let n = 0; n < times; n += 1) step();
};
const micros = await inTurns(
  {
    'build a widget': repeat(() => template.build({ lines })),
    'JSON.parse of it': repeat(() => JSON.parse(text)),
    'compile the template': repeat(() => new WidgetTemplate(definition)),
  },
  timing,
);
console.log(`A widget of ${text.length} bytes, ${lines.length} turns of a loop. Microseconds, median:`);
for (const [title, median] of Object.entries(micros)) {
  console.log(`${median.toFixed(2).padStart(9)}  ${title}`);
}
