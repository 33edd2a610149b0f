import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { RunContext } from '../context';
import { InvalidPayloadError } from '../errors';
import { isStandardSchema, type HandlerDefinition } from '../metadata';
import { isPromiseLike } from './maybe';
import type { ExecutionOptions } from './options';
import { classValidation } from './payload-class';
import { schemaIssues } from './payload-issues';
import { checkLimits } from './payload-limits';
import { payloadTypeOf } from './payload-type';

/**
 * Turns a payload as it came into what the handler asked for, or throws InvalidPayloadError. What is
 * asynchronous comes as a native Promise; what is not, at once.
 */
export type Validate = (payload: unknown, ctx: RunContext) => unknown;

function schemaValidation(schema: StandardSchemaV1): Validate {
  const outcome = (result: StandardSchemaV1.Result<unknown>): unknown => {
    if (result.issues !== undefined) throw new InvalidPayloadError(schemaIssues(result.issues));
    return result.value;
  };
  return (payload) => {
    checkLimits(payload, false);
    const result = schema['~standard'].validate(payload);
    return isPromiseLike(result) ? Promise.resolve(result).then(outcome) : outcome(result);
  };
}

/** The validation of a handler's payload, made once; `undefined` for a handler that takes none. */
export function payloadValidation(
  definition: HandlerDefinition,
  options: ExecutionOptions,
): Validate | undefined {
  const type = payloadTypeOf(definition);
  if (type === undefined) return undefined;
  if (type === 'unchecked') return (payload) => payload;
  if (isStandardSchema(type)) return schemaValidation(type);
  return classValidation(type, definition.where, options);
}
