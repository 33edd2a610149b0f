import { GlobTrie } from './glob-trie';
import { parsePattern, segmentsOf } from './pattern';

/**
 * Maps action names to values: exact names with one Map read, then globs, then RegExps in order.
 */
export class PatternTable<T extends object> {
  private readonly exact = new Map<string, T>();
  private readonly globs = new GlobTrie<T>();
  private readonly regexps: { readonly regexp: RegExp; readonly value: T }[] = [];
  /** The value of the pattern `**`, which matches every name, so that no RegExp is reached. */
  private catchAll: T | undefined;

  /** Adds a pattern, or returns the value of an existing pattern that makes it unreachable. */
  add(pattern: string | RegExp, value: T): T | undefined {
    const parsed = parsePattern(pattern);
    switch (parsed.kind) {
      case 'exact': {
        const taken = this.exact.get(parsed.name);
        if (taken === undefined) this.exact.set(parsed.name, value);
        return taken;
      }
      case 'glob':
        if (pattern === '**') this.catchAll ??= value;
        return this.globs.add(parsed.segments, value);
      case 'regexp': {
        const same = this.regexps.find(({ regexp }) => String(regexp) === String(parsed.regexp));
        if (same !== undefined) return same.value;
        this.regexps.push({ regexp: parsed.regexp, value });
        return undefined;
      }
    }
  }

  /** The RegExps that a `**` makes unreachable, and the value of that `**`. */
  shadowed(): { readonly by: T; readonly regexps: readonly { regexp: RegExp; value: T }[] } | undefined {
    if (this.catchAll === undefined || this.regexps.length === 0) return undefined;
    return { by: this.catchAll, regexps: this.regexps };
  }

  find(name: string): T | undefined {
    const exact = this.exact.get(name);
    if (exact !== undefined) return exact;
    const segments = segmentsOf(name);
    if (segments === undefined) return undefined;
    return this.globs.find(segments) ?? this.regexps.find(({ regexp }) => regexp.test(name))?.value;
  }
}
