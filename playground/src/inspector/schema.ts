import type { Schema } from './handlers';

/** A schema without references and choices, as far as a form can show it. */
export function resolved(schema: Schema, root: Schema): Schema {
  if (schema.$ref !== undefined) {
    const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1];
    const found = name === undefined ? (schema.$ref === '#' ? root : undefined) : root.$defs?.[name];
    return found === undefined ? {} : resolved(found, root);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  const chosen = choices?.find(({ type }) => type !== 'null');
  if (chosen !== undefined)
    return {
      ...resolved(chosen, root),
      ...(schema.description === undefined ? {} : { description: schema.description }),
    };
  if (schema.allOf?.length === 1 && schema.allOf[0] !== undefined) return resolved(schema.allOf[0], root);
  return schema;
}

export function typeOf({ type, properties, enum: values }: Schema): string | undefined {
  if (values !== undefined) return 'enum';
  const one = Array.isArray(type) ? type.find((each) => each !== 'null') : type;
  return one ?? (properties === undefined ? undefined : 'object');
}

/** A value to begin with: what must be there, empty. */
export function sampleOf(schema: Schema, root: Schema, depth = 0): unknown {
  const known = resolved(schema, root);
  if (known.default !== undefined) return known.default;
  if (known.const !== undefined) return known.const;
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
