import { codeBlocks, type CodeBlock } from './code-blocks';
import { runBlock } from './run-block';

type Load = (name: string) => unknown;

/** As `require` in a block: other blocks of its page that are files, and packages. */
export function requireFor(block: CodeBlock, load: Load): Load {
  return (name) => {
    if (!name.startsWith('./')) return load(name);
    const file = `${name.slice('./'.length).replace(/\.js$/, '')}.ts`;
    const other = codeBlocks(block.page).find((each) => each.file === file);
    if (other === undefined) throw new Error(`${block.page} has no file ${file}.`);
    return runBlock(other, requireFor(other, load));
  };
}

/** Runs the block of a page that holds a text, and returns what it exports. */
export function runBlockWith(page: string, text: string, load: Load): Record<string, unknown> {
  const block = codeBlocks(page).find(({ language, code }) => language === 'ts' && code.includes(text));
  if (block === undefined) throw new Error(`${page} has no block with: ${text}`);
  return runBlock(block, requireFor(block, load));
}
