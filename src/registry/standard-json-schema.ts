import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonSchema } from './json-schema';

/** What a library may add to its Standard Schemas; that it did is not checked yet. */
interface Convertible {
  readonly jsonSchema?: { readonly input?: (options: StandardJSONSchemaV1.Options) => unknown };
}

/** One field that JSON has no word for, such as a date, should not cost the schema of all others. */
const LIBRARY_OPTIONS: Readonly<Record<string, Record<string, unknown>>> = {
  zod: { unrepresentable: 'any' },
};

/**
 * The JSON Schema of a Standard Schema's input, where its library gives one.
 *
 * @throws Error when it gives none
 */
export function standardJsonSchema({ '~standard': standard }: StandardSchemaV1): JsonSchema {
  const { vendor } = standard;
  const { jsonSchema } = standard as Convertible;
  const libraryOptions = LIBRARY_OPTIONS[vendor];
  const options = { target: 'draft-2020-12', ...(libraryOptions && { libraryOptions }) };
  const schema = typeof jsonSchema?.input === 'function' ? jsonSchema.input(options) : undefined;
  if (typeof schema !== 'object' || schema === null || schema instanceof Promise) {
    throw new Error(`${vendor} gives no JSON Schema (see "Standard Schemas" in docs/registry.md).`);
  }
  return schema as JsonSchema;
}
