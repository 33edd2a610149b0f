import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');
const READ = ['src', 'docs', 'samples', 'README.md', 'CONTRIBUTING.md'];

/** Words that a reader would have to learn, and those of the field that take their place. */
const WORDS: Record<string, string> = {
  door: 'adapter',
  remedy: 'fix',
  boot: 'startup',
  catalogue: 'registry',
  sweep: 'cleanup',
  somebody: 'client, caller',
  nobody: 'no client, no caller, nothing',
  whoever: 'the client who, the caller who',
};

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap(({ name }) => filesIn(join(path, name)));
}

const texts = READ.flatMap((name) => filesIn(join(ROOT, name)))
  .filter((file) => /\.(?:ts|tsx|md|svg)$/.test(file))
  .map((file) => [relative(ROOT, file), readFileSync(file, 'utf8')] as const);

test.each(Object.entries(WORDS))('"%s" is %s', (word) => {
  const pattern = new RegExp(`\\b${word}s?\\b`, 'i');
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter(([, text]) => pattern.test(text)).map(([file]) => file)).toEqual([]);
});

test('what is a record is decided in one place, and what is a promise in one besides the builders', () => {
  const places = (pattern: RegExp): string[] =>
    texts.filter(([file, text]) => file.startsWith('src') && pattern.test(text)).map(([file]) => file);
  expect(places(/typeof (\w+) === 'object' && \1 !== null && !Array\.isArray\(\1\)/)).toEqual([
    'src/protocol/guards.ts',
  ]);
  // `errors` lies below `store`, and reads no Proxy; builders run in browsers, and load nothing.
  expect(places(/\bthen\b[^\n]* === 'function'/)).toEqual([
    'src/errors/held.ts',
    'src/store/awaitable.ts',
    'src/widgets/components/flatten.ts',
  ]);
});
