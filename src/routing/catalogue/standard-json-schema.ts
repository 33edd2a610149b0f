import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { plain, type JsonSchema } from './json-schema';

type MaybeConvertible = StandardSchemaV1 & {
  readonly '~standard': Partial<Pick<StandardJSONSchemaV1.Props, 'jsonSchema'>>;
};

/** One field that JSON has no word for, such as a date, should not cost the schema of all others. */
const LIBRARY_OPTIONS: Readonly<Record<string, Record<string, unknown>>> = {
  zod: { unrepresentable: 'any' },
};

/**
 * The JSON Schema of a Standard Schema's input, where its library gives one.
 *
 * @throws Error when it gives none
 */
export function standardJsonSchema(schema: StandardSchemaV1): JsonSchema {
  const { vendor, jsonSchema } = (schema as MaybeConvertible)['~standard'];
  if (jsonSchema === undefined)
    throw new Error(`${vendor} gives no JSON Schema (see "Standard Schemas" in docs/catalogue.md).`);
  const libraryOptions = LIBRARY_OPTIONS[vendor];
  const options = { target: 'draft-2020-12', ...(libraryOptions === undefined ? {} : { libraryOptions }) };
  return plain(jsonSchema.input(options));
}
