/* Writes the tables and the picture of docs/performance.md from the figures. `--check`: tells whether they differ. */
import { readFileSync, writeFileSync } from 'node:fs';
import { FIGURES, pageWith, PAGE, PICTURE, pictureOf } from './lib/performance-page.mjs';

const figures = JSON.parse(readFileSync(FIGURES, 'utf8'));
const files = [
  [PAGE, pageWith(figures, readFileSync(PAGE, 'utf8'))],
  [PICTURE, pictureOf(figures)],
];
for (const [file, text] of files) {
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${file.pathname} is not what the figures say: run \`node bench/render.mjs\`.`);
    process.exitCode = 1;
  }
}
