/** Where two answers are not the same. */
export interface Difference {
  /** `item.content.0.text`; empty for the whole. */
  path: string;
  expected: unknown;
  actual: unknown;
}

const ID_KEY = /^(?:id|ids|.*_ids?)$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
/** The signature of an action: `v1.<expiry>.<fields>.<code>`. */
const SIGNATURE = /^v1\.[^.]*\.[^.]*\.[\w-]+$/;

/**
 * Holds new answers against recorded ones. Ids, times and signatures are others each time: those of the
 * new answers are learned by where they stand, and put into what is sent later.
 */
export class Correspondence {
  private readonly known = new Map<string, unknown>();

  /** What was recorded, with the new ids in it. */
  translate(value: unknown): unknown {
    if (typeof value === 'string') return this.known.get(value) ?? value;
    if (Array.isArray(value)) return value.map((each) => this.translate(each));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.translate(each)]));
  }

  /** The first difference between what was recorded and what has come now. */
  compare(expected: unknown, actual: unknown, path: readonly string[] = []): Difference | undefined {
    if (typeof expected === 'string' && typeof actual === 'string') {
      return this.isSame(expected, actual, path) ? undefined : difference(expected, actual, path);
    }
    if (isRecord(expected) && isRecord(actual)) {
      for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
        const found = this.compare(expected[key], actual[key], [...path, key]);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    return Object.is(expected, actual) ? undefined : difference(expected, actual, path);
  }

  private isSame(expected: string, actual: string, path: readonly string[]): boolean {
    const known = this.known.get(expected);
    if (known !== undefined || expected === actual) return (known ?? expected) === actual;
    if (TIME.test(expected) && TIME.test(actual)) return true;
    if (isId(path) || (SIGNATURE.test(expected) && SIGNATURE.test(actual))) {
      this.known.set(expected, actual);
      return true;
    }
    return isSameLink(this.inText(expected), actual);
  }

  /** The new ids in a text that holds others beside them, as a link does. */
  private inText(text: string): string {
    let result = text;
    for (const [old, now] of this.known) if (old.length > 8) result = result.replaceAll(old, String(now));
    return result;
  }
}

/** The last key that is no index says what a value is. */
function isId(path: readonly string[]): boolean {
  return ID_KEY.test(path.findLast((key) => !/^\d+$/.test(key)) ?? '');
}

/** What links are signed with is another each time. */
function isSameLink(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  if (!URL.canParse(expected) || !URL.canParse(actual)) return false;
  const [a, b] = [new URL(expected), new URL(actual)];
  return a.protocol.startsWith('http') && a.pathname === b.pathname;
}

/** Arrays as well: their indexes are keys. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function difference(expected: unknown, actual: unknown, path: readonly string[]): Difference {
  return { path: path.join('.'), expected, actual };
}
