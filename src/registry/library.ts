import { createRequire } from 'node:module';
import type * as ClassValidatorJsonSchema from 'class-validator-jsonschema';
import type { Class } from '../metadata';
import type { JsonSchema } from './json-schema';
import { CORRECTED } from './rules';

type Library = typeof ClassValidatorJsonSchema;

/** What class-validator remembers of one decorator. */
export type RuleMetadata = Parameters<Library['validationMetadataArrayToSchemas']>[0][number];

let loaded: Library | undefined;

/** Loaded when the registry is asked for: a server needs it for nothing else. */
function library(): Library {
  loaded ??= createRequire(__filename)('class-validator-jsonschema') as Library;
  return loaded;
}

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
  const options = { additionalConverters: CONVERTERS as never };
  const [schema] = Object.values(
    library().validationMetadataArrayToSchemas(metadatas as RuleMetadata[], options),
  );
  return (schema ?? { type: 'object', properties: {} }) as unknown as ObjectSchema;
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
