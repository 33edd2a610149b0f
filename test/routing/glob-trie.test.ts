import fc from 'fast-check';
import { GlobTrie } from '../../src/routing/glob-trie';

/**
 * How a pattern covers a name's segments, every way: 0 literal, 1 `*`, 2 first segment of a `**`,
 * 3 further ones. Written down to be obvious, not fast.
 */
function coverings(pattern: readonly string[], name: readonly string[]): string[] {
  const [token, ...restOfPattern] = pattern;
  if (token === undefined) return name.length === 0 ? [''] : [];
  const [segment, ...restOfName] = name;
  if (segment === undefined) return [];
  if (token === '*') return coverings(restOfPattern, restOfName).map((rest) => `1${rest}`);
  if (token !== '**')
    return token === segment ? coverings(restOfPattern, restOfName).map((rest) => `0${rest}`) : [];
  return name.flatMap((_, index) =>
    coverings(restOfPattern, name.slice(index + 1)).map((rest) => `2${'3'.repeat(index)}${rest}`),
  );
}

function naive(patterns: readonly string[], name: string): string | undefined {
  const matches = patterns.flatMap((pattern) =>
    coverings(pattern.split('.'), name.split('.')).map((covering) => ({ pattern, covering })),
  );
  matches.sort((a, b) => (a.covering < b.covering ? -1 : a.covering > b.covering ? 1 : 0));
  return matches[0]?.pattern;
}

function trieOf(patterns: readonly string[]): GlobTrie<{ pattern: string }> {
  const trie = new GlobTrie<{ pattern: string }>();
  for (const pattern of patterns) trie.add(pattern.split('.'), { pattern });
  return trie;
}

const segment = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const name = fc.array(segment, { minLength: 1, maxLength: 7 }).map((segments) => segments.join('.'));
const token = fc.oneof(segment, fc.constantFrom('*', '**'));
const pattern = fc.array(token, { minLength: 1, maxLength: 6 }).map((tokens) => tokens.join('.'));

test('a trie finds the pattern that a naive matcher prefers', () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 25 }), name, (patterns, wanted) => {
      expect(trieOf(patterns).find(wanted.split('.'))?.pattern).toBe(naive(patterns, wanted));
    }),
    { numRuns: 3000 },
  );
});

test('the order in which patterns are added does not matter', () => {
  fc.assert(
    fc.property(fc.uniqueArray(pattern, { maxLength: 15 }), name, (patterns, wanted) => {
      const segments = wanted.split('.');
      expect(trieOf([...patterns].reverse()).find(segments)?.pattern).toBe(
        trieOf(patterns).find(segments)?.pattern,
      );
    }),
  );
});

test.each([
  ['item.*', 'item.select', true],
  ['item.*', 'item', false],
  ['item.*', 'item.a.b', false],
  ['*', 'item', true],
  ['*', 'item.select', false],
  ['**', 'item', true],
  ['**', 'item.select.now', true],
  ['item.**', 'item', false],
  ['item.**', 'item.a.b', true],
  ['**.select', 'select', false],
  ['**.select', 'a.b.select', true],
  ['a.**.z', 'a.z', false],
  ['a.**.z', 'a.b.c.z', true],
])('the pattern %s asked for %s: %s', (given, wanted, matches) => {
  expect(trieOf([given]).find(wanted.split('.')) !== undefined).toBe(matches);
});

test.each([
  ['a literal before a star', ['item.*', 'item.select'], 'item.select', 'item.select'],
  ['a star before a double star', ['item.**', 'item.*'], 'item.x', 'item.*'],
  ['the left segment before the right one', ['*.select', 'item.*'], 'item.select', 'item.*'],
  ['a literal on the left before more literals on the right', ['*.b.c', 'a.**'], 'a.b.c', 'a.**'],
  ['what is left when the more precise road ends nowhere', ['a.b.c', 'a.*.d'], 'a.b.d', 'a.*.d'],
])('prefers %s', (_title, patterns, wanted, expected) => {
  expect(trieOf(patterns).find(wanted.split('.'))?.pattern).toBe(expected);
});

test('the same pattern twice answers with what was there', () => {
  const trie = trieOf(['a.*']);
  expect(trie.add(['a', '*'], { pattern: 'other' })).toEqual({ pattern: 'a.*' });
});

describe('the cost of a lookup', () => {
  function steps(trie: GlobTrie<object>, segments: readonly string[]): number {
    let count = 0;
    trie.find(segments, () => count++);
    return count;
  }

  test('is bounded by nodes and segments, however many ** there are', () => {
    // Fails at the last segment only, so that every way to share the name out would be tried.
    const stars = Array.from({ length: 15 }, () => '**');
    const trie = trieOf([[...stars, 'end'].join('.')]);
    expect(
      steps(
        trie,
        Array.from({ length: 16 }, () => 'a'),
      ),
    ).toBeLessThanOrEqual(17 * 17);
  });

  test('does not grow with the number of patterns that the name does not reach', () => {
    const few = trieOf(['x.*', 'item.*.done']);
    const many = trieOf([
      'item.*.done',
      ...Array.from({ length: 5000 }, (_, index) => `other${String(index)}.**.z`),
    ]);
    const wanted = ['item', 'a', 'done'];
    expect(steps(many, wanted)).toBe(steps(few, wanted));
  });

  test('is bounded for random patterns with many **', () => {
    const wild = fc
      .array(fc.constantFrom('**', '**', '*', 'a'), { minLength: 1, maxLength: 16 })
      .map((tokens) => tokens.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(wild, { maxLength: 10 }), (patterns) => {
        const nodes = 1 + patterns.reduce((sum, given) => sum + given.split('.').length, 0);
        const wanted = [...Array.from({ length: 15 }, () => 'a'), 'z'];
        expect(steps(trieOf(patterns), wanted)).toBeLessThanOrEqual(nodes * 17);
      }),
    );
  });
});
