/** A JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * A frozen copy as JSON data, so that its readers cannot change the original.
 *
 * @throws TypeError if the value is cyclic
 */
export function plain<T>(value: T): T {
  return deepFrozen(JSON.parse(JSON.stringify(value)) as T);
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFrozen(part);
    Object.freeze(value);
  }
  return value;
}
