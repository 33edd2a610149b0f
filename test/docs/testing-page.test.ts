import 'reflect-metadata';
import { requireFor } from './blocks-of';
import { codeBlocks } from './code-blocks';
import { runBlock } from './run-block';

// The page's tests are tests here: those for node:test, and those for Jest.
const blocks = codeBlocks('docs/testing.md').filter(({ code }) => /^test\(/m.test(code));
const load = (name: string): unknown => (name === 'node:test' ? { test } : jest.requireActual(name));

describe('docs/testing.md', () => {
  let printed: jest.SpyInstance;
  beforeEach(() => (printed = jest.spyOn(console, 'error').mockReturnValue(undefined)));
  afterEach(() => printed.mockRestore());

  for (const block of blocks) runBlock(block, requireFor(block, load));
});

test('the page has tests', () => {
  expect(blocks.length).toBe(6);
});
