import type { z } from 'zod';

type Values = Readonly<Record<string, unknown>>;

const DEFAULTS = new WeakMap<z.ZodType, Values>();

/**
 * Says what the fields of an object have where they are left out: the wire always carries
 * them, as the reference sends them. Checking is not changed by it.
 */
export function withDefaults<T extends z.ZodObject>(
  schema: T,
  defaults: { readonly [K in keyof z.output<T>]?: NonNullable<z.output<T>[K]> },
): T {
  DEFAULTS.set(schema, defaults);
  return schema;
}

/** What {@link withDefaults} said of a schema. */
export function defaultsOf(schema: z.ZodType): Values {
  return DEFAULTS.get(schema) ?? {};
}
