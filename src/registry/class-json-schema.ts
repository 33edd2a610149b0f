import { emittedType, transformed, type Transformed } from '../execution';
import { classTransformer, isClass, type Class } from '../metadata';
import { hasRules, rulesOf, type Rule } from './class-rules';
import { Definitions, type Tag } from './definitions';
import { DRAFT, type JsonSchema } from './json-schema';
import { decorated, type ObjectSchema } from './library';
import { isRequired, propertySchema } from './property';

/** A new object of a class, which has the class's defaults. */
function newObject(type: Class): Record<string, unknown> {
  try {
    return classTransformer().plainToInstance(type, {}) as Record<string, unknown>;
  } catch {
    return {}; // its constructor needs arguments
  }
}

/** With `@ValidateNested`: the schema of the class in `@Type`, or of the discriminator's classes. */
function nestedSchema(
  rules: readonly Rule[],
  emitted: unknown,
  { type, discriminator }: Transformed,
  definitions: Definitions,
): JsonSchema | undefined {
  if (!rules.some(({ name }) => name === 'nestedValidation')) return undefined;
  if (discriminator !== undefined) {
    const { property, subTypes } = discriminator;
    return { anyOf: subTypes.map(({ name, value }) => definitions.ref(value, { property, value: name })) };
  }
  const nested = type ?? emitted;
  return isClass(nested) && hasRules(nested) ? definitions.ref(nested) : { type: 'object' };
}

/** Renames properties to their names in the payload. */
function renamed(schema: ObjectSchema, names: ReadonlyMap<string, string>): ObjectSchema {
  const rename = (key: string): string => names.get(key) ?? key;
  const properties = Object.fromEntries(
    Object.entries(schema.properties).map(([key, property]) => [rename(key), property]),
  );
  return { ...schema, properties, ...(schema.required && { required: schema.required.map(rename) }) };
}

function tagged(
  { properties, required = [], ...schema }: ObjectSchema,
  { property, value }: Tag,
): ObjectSchema {
  return {
    ...schema,
    properties: { ...properties, [property]: { const: value } },
    required: [...new Set([...required, property])],
  };
}

function objectSchema(type: Class, tag: Tag | undefined, definitions: Definitions): ObjectSchema {
  const initial = newObject(type);
  const properties = new Map<string, { schema: JsonSchema; isRequired: boolean }>();
  const names = new Map<string, string>();
  for (const [key, rules] of rulesOf(type)) {
    const made = transformed(type, key);
    if (made.name === undefined) continue;
    names.set(key, made.name);
    const emitted = emittedType(type, key);
    const nested = nestedSchema(rules, emitted, made, definitions);
    const property = { rules, emitted, nested, initial: initial[key] };
    properties.set(key, { schema: propertySchema(property), isRequired: isRequired(property) });
  }
  const schema = renamed(decorated(type, properties), names);
  return tag === undefined ? schema : tagged(schema, tag);
}

/**
 * The self-contained JSON Schema of a class-validator class. Validation that JSON Schema cannot express is
 * named in `$comment`.
 *
 * @param closed whether fields that the class does not declare are refused
 */
export function classJsonSchema(root: Class, closed: boolean): JsonSchema {
  const definitions = new Definitions(root);
  const write = (type: Class, tag?: Tag): JsonSchema => ({
    type: 'object',
    ...objectSchema(type, tag, definitions),
    ...(closed ? { additionalProperties: false } : {}),
  });
  const schema = write(root);
  const $defs = definitions.written(write);
  return { $schema: DRAFT, ...schema, ...(Object.keys($defs).length > 0 ? { $defs } : {}) };
}
