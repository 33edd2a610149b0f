import { classValidatorJsonSchema, type Class, type ValidationMetadata } from '../metadata';
import type { JsonSchema } from './json-schema';
import { CORRECTED } from './rules';

/** What class-validator remembers of one decorator. */
export type RuleMetadata = ValidationMetadata;

/** A rule that was converted before. */
const READY = 'ready';

const CONVERTERS = { ...CORRECTED, [READY]: ({ constraints }: RuleMetadata): unknown => constraints[0] };

/** An object as the library makes it of one class. */
export interface ObjectSchema extends JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** The library knows classes by their names, of which there may be several: it is given one at a time. */
function convert(metadatas: readonly unknown[]): ObjectSchema {
  const schemas = classValidatorJsonSchema().validationMetadataArrayToSchemas(metadatas, {
    additionalConverters: CONVERTERS,
  });
  return (Object.values(schemas)[0] ?? { type: 'object', properties: {} }) as ObjectSchema;
}

/** Stands for the class, so that what decorates a property is not taken for a part of each of its rules. */
class Probe {}

/** The schema of each rule by itself: of several together, the library lets the last one win. */
export function ruleSchemas(rules: readonly { name: string; metadata: RuleMetadata }[]): JsonSchema[] {
  const { properties } = convert(
    rules.map(({ name, metadata }, index) => {
      const { constraints } = metadata;
      return { type: name, target: Probe, propertyName: String(index), constraints, each: false };
    }),
  );
  return rules.map((_, index) => properties[String(index)] ?? {});
}

/** The object's schema, made of its properties', with what `@JSONSchema` says of the class and of them. */
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
