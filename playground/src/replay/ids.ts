/** A difference between two responses. */
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
 * Compares new responses with recorded ones. Ids, times and signatures differ in each run: new ones are
 * learned by their position, and replace the recorded ones in later requests.
 */
export class Correspondence {
  private readonly known = new Map<string, unknown>();

  /** Replaces the ids in a recorded value with the new ones. */
  translate(value: unknown): unknown {
    if (typeof value === 'string') return this.known.get(value) ?? value;
    if (Array.isArray(value)) return value.map((each) => this.translate(each));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.translate(each)]));
  }

  /** The first difference between a recorded value and a new one. */
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

  /** Replaces ids within a text, for example in a URL. */
  private inText(text: string): string {
    let result = text;
    for (const [old, now] of this.known) if (old.length > 8) result = result.replaceAll(old, String(now));
    return result;
  }
}

/** Whether the last key that is not an index names an id. */
function isId(path: readonly string[]): boolean {
  return ID_KEY.test(path.findLast((key) => !/^\d+$/.test(key)) ?? '');
}

/** Compares URLs by path only, since signatures in queries differ in each run. */
function isSameLink(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  if (!URL.canParse(expected) || !URL.canParse(actual)) return false;
  const [a, b] = [new URL(expected), new URL(actual)];
  return a.protocol.startsWith('http') && a.pathname === b.pathname;
}

/** Arrays count too: their indexes are keys. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function difference(expected: unknown, actual: unknown, path: readonly string[]): Difference {
  return { path: path.join('.'), expected, actual };
}
