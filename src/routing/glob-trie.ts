import { MAX_SEGMENTS } from './pattern';

interface Node<T> {
  /** Identifies `**` nodes in the set of tried positions. */
  readonly id: number;
  readonly literals: Map<string, Node<T>>;
  star?: Node<T>;
  globstar?: Node<T>;
  value?: T;
}

/**
 * Globs over dot-separated segments. The most precise pattern wins, compared segment by segment from the
 * left: a literal before `*` before `**`. If two `**` could take the same segment, one that starts there
 * wins over one that continues.
 *
 * Every pair of node and position is visited at most once, so a lookup visits only the nodes that the
 * name's segments can reach, and does not grow exponentially with many `**`.
 */
export class GlobTrie<T> {
  private nodes = 0;
  private readonly root = this.node();

  /** Adds a pattern, or returns the value that the same pattern already has. */
  add(segments: readonly string[], value: T): T | undefined {
    let node = this.root;
    for (const segment of segments) node = this.child(node, segment);
    if (node.value !== undefined) return node.value;
    node.value = value;
    return undefined;
  }

  /**
   * The value of the most precise pattern that matches.
   *
   * @param onStep called for each visited pair of node and position
   */
  find(segments: readonly string[], onStep?: () => void): T | undefined {
    const tried = new Set<number>();

    const search = (node: Node<T>, at: number): T | undefined => {
      onStep?.();
      const segment = segments[at];
      if (segment === undefined) return node.value;
      const literal = node.literals.get(segment);
      return (
        (literal && search(literal, at + 1)) ??
        (node.star && search(node.star, at + 1)) ??
        (node.globstar && throughGlobstar(node.globstar, at + 1))
      );
    };

    /** `at` segments are matched, the last one by this `**`, which may match more. */
    const throughGlobstar = (node: Node<T>, at: number): T | undefined => {
      const key = node.id * (MAX_SEGMENTS + 1) + at;
      if (tried.has(key)) return undefined;
      tried.add(key);
      const found = search(node, at);
      if (found !== undefined || at >= segments.length) return found;
      return throughGlobstar(node, at + 1);
    };

    return search(this.root, 0);
  }

  private node(): Node<T> {
    return { id: this.nodes++, literals: new Map() };
  }

  private child(node: Node<T>, segment: string): Node<T> {
    if (segment === '*') return (node.star ??= this.node());
    if (segment === '**') return (node.globstar ??= this.node());
    let next = node.literals.get(segment);
    if (next === undefined) {
      next = this.node();
      node.literals.set(segment, next);
    }
    return next;
  }
}
