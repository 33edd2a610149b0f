import { z } from 'zod';

/*
 * Where the reference's parser is lax, so are we: a client that works with it must work here. Each
 * rule below was read off the reference by running it.
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

/** A whole number, or something that plainly means one: `5`, `5.0`, `"5"`, `" +5.0 "`, `true`. */
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

/** A boolean, or a word or digit that plainly means one, in any case, without blanks around it. */
export const laxBooleanSchema = z.unknown().transform((value, context): boolean => {
  if (typeof value === 'boolean') return value;
  const meant = BOOLEAN_WORDS.get(typeof value === 'string' ? value.toLowerCase() : value);
  if (meant !== undefined) return meant;
  context.addIssue({ code: 'custom', message: 'expected a boolean' });
  return z.NEVER;
});

/** An optional field, for which null says the same as its absence. */
export function absentable<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();
}
