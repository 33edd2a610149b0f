import type { Schema } from './handlers';

/** Resolves references, and unions with null, as far as a form can show the schema. */
export function resolved(schema: Schema, root: Schema): Schema {
  if (schema.$ref !== undefined) {
    const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1];
    const found = name === undefined ? (schema.$ref === '#' ? root : undefined) : root.$defs?.[name];
    return found === undefined || found === schema ? {} : resolved(found, root);
  }
  const { anyOf, oneOf, description, ...own } = schema;
  const choices = (anyOf ?? oneOf)?.filter(({ type }) => type !== 'null');
  const [only] = choices ?? [];
  if (only !== undefined && choices?.length === 1) {
    return { ...own, ...resolved(only, root), ...(description === undefined ? {} : { description }) };
  }
  if (choices?.every(({ const: value }) => value !== undefined) === true) {
    return { ...own, enum: choices.map(({ const: value }) => value) };
  }
  if (schema.allOf?.length === 1 && schema.allOf[0] !== undefined) return resolved(schema.allOf[0], root);
  return schema;
}

/** The schemas of a union, from which the user chooses one. */
export function choicesOf(schema: Schema, root: Schema): Schema[] {
  const types = Array.isArray(schema.type) ? schema.type.filter((type) => type !== 'null') : [];
  if (types.length > 1) return types.map((type) => ({ ...schema, type }));
  return (schema.anyOf ?? schema.oneOf ?? []).map((choice) => resolved(choice, root));
}

/** Whether a schema contains a reference, so that it may contain itself. */
export function isReference({ $ref, anyOf, oneOf, allOf }: Schema): boolean {
  return $ref !== undefined || [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])].some(isReference);
}

/** The name of a union's member: its title, its constant properties, or its type. */
export function nameOf(schema: Schema, root: Schema): string | undefined {
  const marks = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const { const: value } = resolved(property, root);
    return value === undefined ? [] : [`${name}: ${literalOf(value)}`];
  });
  if (schema.const !== undefined) return literalOf(schema.const);
  return schema.title ?? (marks.length > 0 ? marks.join(', ') : typeOf(schema));
}

function literalOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a value may belong to a member of a union, by types and constant properties. */
export function fits(schema: Schema, value: unknown, root: Schema): boolean {
  if (schema.const !== undefined) return schema.const === value;
  switch (typeOf(schema)) {
    case 'enum':
      return schema.enum?.includes(value) === true;
    case 'object':
      return (
        typeof value === 'object' &&
        value !== null &&
        Object.entries(schema.properties ?? {}).every(([name, property]) => {
          const { const: mark } = resolved(property, root);
          return mark === undefined || mark === (value as Record<string, unknown>)[name];
        })
      );
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === typeOf(schema);
  }
}

export function typeOf({ type, properties, enum: values }: Schema): string | undefined {
  if (values !== undefined) return 'enum';
  const one = Array.isArray(type) ? type.find((each) => each !== 'null') : type;
  return one ?? (properties === undefined ? undefined : 'object');
}

/** An initial value: the required fields, empty. */
export function sampleOf(schema: Schema, root: Schema, depth = 0): unknown {
  const known = resolved(schema, root);
  if (known.default !== undefined) return known.default;
  if (known.const !== undefined) return known.const;
  if (mayBeNull(schema)) return null;
  const [first] = choicesOf(known, root);
  if (first !== undefined) return sampleOf(first, root, depth);
  switch (typeOf(known)) {
    case 'enum':
      return known.enum?.[0];
    case 'object':
      if (depth > 4) return {};
      return Object.fromEntries(
        Object.entries(known.properties ?? {})
          .filter(([name]) => known.required?.includes(name))
          .map(([name, property]) => [name, sampleOf(property, root, depth + 1)]),
      );
    case 'array':
      return [];
    case 'number':
    case 'integer':
      return known.minimum ?? 0;
    case 'boolean':
      return false;
    case 'string':
      return '';
    default:
      return {};
  }
}

function mayBeNull({ type, anyOf, oneOf }: Schema): boolean {
  return (
    type === 'null' ||
    (anyOf ?? oneOf ?? []).some(mayBeNull) ||
    (Array.isArray(type) && type.includes('null'))
  );
}
