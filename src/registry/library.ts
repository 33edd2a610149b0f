import { classValidatorJsonSchema, type Class, type ValidationMetadata } from '../metadata';
import type { JsonSchema } from './json-schema';
import { CORRECTED } from './rules';

/** class-validator's metadata of one decorator. */
export type RuleMetadata = ValidationMetadata;

/** The type of a rule that has already been converted. */
const READY = 'ready';

const CONVERTERS = { ...CORRECTED, [READY]: ({ constraints }: RuleMetadata): unknown => constraints[0] };

/** The schema that the library makes for one class. */
export interface ObjectSchema extends JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Converts one class at a time: the library identifies classes by name, which may not be unique. */
function convert(metadatas: readonly unknown[]): ObjectSchema {
  const schemas = classValidatorJsonSchema().validationMetadataArrayToSchemas(metadatas, {
    additionalConverters: CONVERTERS,
  });
  return (Object.values(schemas)[0] ?? { type: 'object', properties: {} }) as ObjectSchema;
}

/** Stands in for the class, so that `@JSONSchema` of a property is not added to each of its rules. */
class Probe {}

/** The schema of each rule separately: for several rules together, the library lets the last one win. */
export function ruleSchemas(rules: readonly { name: string; metadata: RuleMetadata }[]): JsonSchema[] {
  const { properties } = convert(
    rules.map(({ name, metadata }, index) => {
      const { constraints } = metadata;
      return { type: name, target: Probe, propertyName: String(index), constraints, each: false };
    }),
  );
  return rules.map((_, index) => properties[String(index)] ?? {});
}

/** The object's schema, from its properties' schemas, with the additions of `@JSONSchema`. */
export function decorated(
  target: Class,
  properties: ReadonlyMap<string, { schema: JsonSchema; isRequired: boolean }>,
): ObjectSchema {
  const metadatas = [...properties].flatMap(([propertyName, { schema, isRequired }]) => [
    { target, propertyName, type: READY, constraints: [schema] },
    ...(isRequired ? [] : [{ target, propertyName, type: 'conditionalValidation' }]),
  ]);
  return convert(metadatas);
}
