import { z } from 'zod';

/*
 * These rules are as lenient as the reference implementation's parser, so that a client that works with it
 * works here too. Each rule was found by running the reference implementation.
 */

const INTEGER_TEXT = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/;

function toInteger(value: unknown): number | undefined {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string': {
      const text = value.trim();
      return INTEGER_TEXT.test(text) ? Number(text.replaceAll('_', '')) : undefined;
    }
    default:
      return undefined;
  }
}

/** A whole number, or a value that clearly means one: `5`, `5.0`, `"5"`, `" +5.0 "`, `true`. */
export const laxIntegerSchema = z.unknown().transform((value, context): number => {
  const integer = toInteger(value);
  if (integer !== undefined && Number.isSafeInteger(integer)) return integer;
  context.addIssue({ code: 'custom', message: 'expected a whole number' });
  return z.NEVER;
});

const BOOLEAN_WORDS = new Map<unknown, boolean>([
  ...['true', 't', 'yes', 'y', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'f', 'no', 'n', 'off', '0'].map((word) => [word, false] as const),
  [1, true],
  [0, false],
]);

/** A boolean, or a word or digit that clearly means one, in any case and without surrounding spaces. */
export const laxBooleanSchema = z.unknown().transform((value, context): boolean => {
  if (typeof value === 'boolean') return value;
  const meant = BOOLEAN_WORDS.get(typeof value === 'string' ? value.toLowerCase() : value);
  if (meant !== undefined) return meant;
  context.addIssue({ code: 'custom', message: 'expected a boolean' });
  return z.NEVER;
});

/** An optional field. A null value counts as absent. */
export function absentable<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();
}
