import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonSchema } from './json-schema';

/** The optional JSON Schema support of a Standard Schema; not checked yet. */
interface Convertible {
  readonly jsonSchema?: { readonly input?: (options: StandardJSONSchemaV1.Options) => unknown };
}

/** One field that JSON Schema cannot express, such as a date, must not prevent the schema of the others. */
const LIBRARY_OPTIONS: Readonly<Record<string, Record<string, unknown>>> = {
  zod: { unrepresentable: 'any' },
};

/**
 * The JSON Schema of a Standard Schema's input.
 *
 * @throws Error if its library provides none
 */
export function standardJsonSchema({ '~standard': standard }: StandardSchemaV1): JsonSchema {
  const { vendor } = standard;
  const { jsonSchema } = standard as Convertible;
  const libraryOptions = LIBRARY_OPTIONS[vendor];
  const options = { target: 'draft-2020-12', ...(libraryOptions && { libraryOptions }) };
  const schema = typeof jsonSchema?.input === 'function' ? jsonSchema.input(options) : undefined;
  if (typeof schema !== 'object' || schema === null || schema instanceof Promise) {
    throw new Error(`${vendor} provides no JSON Schema (see "Standard Schemas" in docs/registry.md).`);
  }
  return schema as JsonSchema;
}
