import { isRecord } from '../../protocol';

/**
 * Whether a value is as expected. Texts are equal or match a pattern; of an object, only the given fields
 * count; lists match entry by entry. Functions and asymmetric matchers of test runners decide for themselves.
 *
 * @example
 * fits({ id: 'a', count: 2 }, { id: /^[ab]$/ }); // true
 */
export function fits(actual: unknown, expected: unknown): boolean {
  if (expected instanceof RegExp) return typeof actual === 'string' && actual.search(expected) >= 0;
  if (typeof expected === 'function') return (expected as (value: unknown) => unknown)(actual) === true;
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((each, index) => fits(actual[index], each))
    );
  }
  if (!isRecord(expected)) return Object.is(actual, expected);
  return isRecord(actual) && Object.entries(expected).every(([key, value]) => fits(actual[key], value));
}

/** A matcher such as `expect.stringContaining('x')`. */
interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return (
    typeof value === 'object' &&
    value !== null &&
    'asymmetricMatch' in value &&
    typeof value.asymmetricMatch === 'function'
  );
}
