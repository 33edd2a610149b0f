import { isRecord } from '../../protocol';
import { sampleNumber } from './sample-number';

type Schema = Readonly<Record<string, unknown>>;

/**
 * Creates values that match a JSON Schema. Each time the same schema comes again, another of its choices is
 * used, so that every branch of the code that reads the value is reached, and loops end.
 */
export class Samples {
  private readonly times = new Map<string, number>();

  of(schema: object): unknown {
    const key = JSON.stringify(schema);
    const time = this.times.get(key) ?? 0;
    this.times.set(key, time + 1);
    return valueOf(schema as Schema, schema as Schema, time);
  }
}

function valueOf(schema: Schema, root: Schema, time: number): unknown {
  const { $ref, enum: words, type } = schema;
  if (typeof $ref === 'string') return valueOf(partAt($ref, root), root, time);
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(words)) return words[time % words.length];
  const choices = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'];
  if (Array.isArray(choices)) return valueOf(asSchema(choices[0]), root, time);
  switch (Array.isArray(type) ? (type as unknown[])[0] : type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(asSchema(schema['properties'])).map(([name, field]) => [
          name,
          valueOf(asSchema(field), root, time),
        ]),
      );
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 1) }, () =>
        valueOf(asSchema(schema['items']), root, time),
      );
    case 'number':
    case 'integer':
      return sampleNumber(schema, time);
    case 'boolean':
      return time % 2 === 0;
    case 'null':
      return null;
    default:
      return FORMATS[String(schema['format'])] ?? 'sample';
  }
}

function asSchema(value: unknown): Schema {
  return isRecord(value) ? value : {};
}

/** The part of a schema that a reference such as `#/$defs/Item` names. */
function partAt(ref: string, root: Schema): Schema {
  return ref
    .split('/')
    .slice(1)
    .reduce<Schema>((at, part) => asSchema(at[part]), root);
}

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
  time: '12:00:00',
  email: 'user@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
};
