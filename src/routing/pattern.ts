/** The limits of action names, since clients choose the names they send. Longer names match nothing. */
const MAX_NAME_LENGTH = 256;
export const MAX_SEGMENTS = 16;

export type Pattern =
  | { readonly kind: 'exact'; readonly name: string }
  | { readonly kind: 'glob'; readonly segments: readonly string[] }
  | { readonly kind: 'regexp'; readonly regexp: RegExp };

/** A pattern for display: a RegExp as its source with slashes. */
export function patternText(pattern: string | RegExp): string {
  return String(pattern);
}

/** A pattern for sentences: a name in quotation marks, so that an empty one is visible. */
export function quotedPattern(pattern: string | RegExp): string {
  return typeof pattern === 'string' ? JSON.stringify(pattern) : patternText(pattern);
}

/** The segments of a name, or `undefined` if it exceeds the limits. */
export function segmentsOf(name: string): readonly string[] | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  const segments = name.split('.');
  return segments.length > MAX_SEGMENTS ? undefined : segments;
}

/** Why a pattern is invalid, or `undefined` if it is valid. */
export function patternProblem(pattern: string | RegExp): string | undefined {
  if (typeof pattern !== 'string') {
    return pattern.global || pattern.sticky
      ? 'has the flag g or y, with which a RegExp remembers where its last match ended'
      : undefined;
  }
  if (segmentsOf(pattern) === undefined) {
    return `is longer than ${String(MAX_NAME_LENGTH)} characters or ${String(MAX_SEGMENTS)} segments, and such names match nothing`;
  }
  const segments = pattern.split('.');
  if (segments.includes('')) return 'has an empty segment';
  const mixed = segments.find((segment) => segment.includes('*') && segment !== '*' && segment !== '**');
  return mixed === undefined
    ? undefined
    : `has the segment "${mixed}", and * and ** stand for whole segments`;
}

export function parsePattern(pattern: string | RegExp): Pattern {
  if (typeof pattern !== 'string') return { kind: 'regexp', regexp: pattern };
  if (!pattern.includes('*')) return { kind: 'exact', name: pattern };
  return { kind: 'glob', segments: pattern.split('.') };
}
