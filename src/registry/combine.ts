import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './json-schema';

/** Keywords whose stricter value implies the other one. */
const STRICTER: Readonly<Record<string, (...values: number[]) => number>> = {
  minLength: Math.max,
  minItems: Math.max,
  minProperties: Math.max,
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  maxLength: Math.min,
  maxItems: Math.min,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
};

function stricter(key: string, a: unknown, b: unknown): unknown {
  return STRICTER[key]?.(Number(a), Number(b)) ?? a;
}

/**
 * Combines schemas into one that requires all of them. Keywords are merged; a schema that would overwrite
 * a keyword goes under `allOf`.
 */
export function combine(schemas: readonly JsonSchema[]): JsonSchema {
  const merged: Record<string, unknown> = {};
  const others: JsonSchema[] = [];
  const isWhole = schemas.some(({ type }) => type === 'integer');
  for (const given of schemas) {
    const schema = isWhole && given['type'] === 'number' ? { ...given, type: 'integer' } : given;
    const entries = Object.entries(schema);
    const fits = entries.every(
      ([key, value]) => !(key in merged) || key in STRICTER || isDeepStrictEqual(merged[key], value),
    );
    if (fits)
      for (const [key, value] of entries)
        merged[key] = key in merged ? stricter(key, merged[key], value) : value;
    else others.push(schema);
  }
  // A `type` already excludes null.
  if ('type' in merged && isDeepStrictEqual(merged['not'], { type: 'null' })) delete merged['not'];
  return others.length === 0 ? merged : { ...merged, allOf: others };
}
