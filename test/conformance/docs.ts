import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** The cells of all tables of a page in docs/, or of its section, row by row, without their headings. */
export function tableRows(page: string, section?: string): string[][] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const lines = (section === undefined ? text : sectionOf(text, section)).split('\n');
  return lines
    .filter(
      (line, index) =>
        line.startsWith('|') && !line.startsWith('| -') && !(lines[index + 1] ?? '').startsWith('| -'),
    )
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | +\|$/g, '').trim()));
}

function sectionOf(text: string, heading: string): string {
  const [, after = ''] = text.split(`\n## ${heading}\n`);
  return after.split('\n## ')[0]!;
}
