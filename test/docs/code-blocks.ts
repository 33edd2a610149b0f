import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** A fenced block of code in a page of the documentation. */
export interface CodeBlock {
  /** `docs/events.md`. */
  page: string;
  /** The line of its first line of code, from 1. */
  line: number;
  language: string;
  code: string;
  /**
   * From a comment `<!-- file: name.ts -->` above the block: blocks of a page with the same name are
   * one file, and others may import it.
   */
  file: string | undefined;
}

export const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

export function codeBlocks(page: string): CodeBlock[] {
  const lines = readFileSync(join(ROOT, page), 'utf8').split('\n');
  const blocks: CodeBlock[] = [];
  let file: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const fence = /^\s*(```+|~~~+)\s*(\S*)/.exec(line);
    if (fence === null) {
      if (line.trim() !== '') file = /^<!-- file: (\S+) -->$/.exec(line)?.[1];
      continue;
    }
    const [, mark, language] = fence;
    const end = lines.findIndex((each, index) => index > at && each.trim() === mark);
    if (end === -1) throw new Error(`${page}:${String(at + 1)}: the block has no end.`);
    blocks.push({
      page,
      line: at + 2,
      language: language!,
      code: lines.slice(at + 1, end).join('\n'),
      file,
    });
    file = undefined;
    at = end;
  }
  return blocks;
}
