import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Class, PayloadType } from './contracts';

/** Whether a value is a Standard Schema. Some (arktype's) are functions: check before {@link isClass}. */
export function isStandardSchema(value: unknown): value is StandardSchemaV1 {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    '~standard' in value &&
    typeof value['~standard'] === 'object'
  );
}

/** Whether a value can be called with `new`: arrow functions, methods and async functions cannot. */
export function isClass(value: unknown): value is Class {
  return typeof value === 'function' && typeof value.prototype === 'object' && value.prototype !== null;
}

/** Whether a function was written as a `class`. A plain function was not, although `new` accepts it. */
export function isWrittenAsClass(value: unknown): value is Class {
  return isClass(value) && /^class\b/.test(Function.prototype.toString.call(value));
}

export function isPayloadType(value: unknown): value is PayloadType {
  return value === 'unchecked' || isStandardSchema(value) || isClass(value);
}
