import type { z } from 'zod';

type Values = Readonly<Record<string, unknown>>;

const DEFAULTS = new WeakMap<z.ZodType, Values>();

/**
 * Sets the values of fields that are left out. The wire always carries these fields, as the reference
 * implementation sends them. Validation is not affected.
 */
export function withDefaults<T extends z.ZodObject>(
  schema: T,
  defaults: { readonly [K in keyof z.output<T>]?: NonNullable<z.output<T>[K]> },
): T {
  DEFAULTS.set(schema, defaults);
  return schema;
}

/** The defaults set by {@link withDefaults}. */
export function defaultsOf(schema: z.ZodType): Values {
  return DEFAULTS.get(schema) ?? {};
}
