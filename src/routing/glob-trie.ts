import { MAX_SEGMENTS } from './pattern';

interface Node<T> {
  /** Numbers the `**` nodes, for the memory of what has been tried. */
  readonly id: number;
  readonly literals: Map<string, Node<T>>;
  star?: Node<T>;
  globstar?: Node<T>;
  value?: T;
}

/**
 * Globs over dot-separated segments. A name is given to the pattern that is the most precise one
 * segment by segment from the left: a literal before `*` before `**`; where two `**` patterns could
 * take the same segment, before the one that has been at it already comes the one that begins there.
 *
 * Every pair of node and position is looked at once at most, so a lookup costs the nodes that the
 * name's segments can reach, and cannot blow up however many `**` there are.
 */
export class GlobTrie<T> {
  private nodes = 0;
  private readonly root = this.node();

  /** Adds a pattern, or returns the value that the same pattern has already. */
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
   * @param onStep called for each pair of node and position that is looked at.
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

    /** `at` segments are taken, the last of them by this `**`; it may take more. */
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
