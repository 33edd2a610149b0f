import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { RunContext } from '../context';
import { ChatError, holdPromises, InvalidPayloadError } from '../errors';
import { isStandardSchema, type HandlerDefinition } from '../metadata';
import { isPromise } from '../store';
import type { ExecutionOptions } from './options';
import { observedValidation } from './observed';
import { classValidation } from './payload-class';
import { schemaIssues } from './payload-issues';
import { checkLimits } from './payload-limits';
import { payloadTypeOf } from './payload-type';

/**
 * Turns a received payload into the handler's payload type, or throws InvalidPayloadError. Returns a
 * native Promise if the validation is asynchronous, else the value itself.
 */
export type Validate = (payload: unknown, ctx: RunContext) => unknown;

/** Calls a schema. If it throws (as a transformation may on unexpected input), the payload is invalid. */
function ask(schema: StandardSchemaV1, payload: unknown, where: string, ctx: RunContext) {
  try {
    return schema['~standard'].validate(payload);
  } catch (error) {
    if (error instanceof ChatError) throw error; // made for users
    ctx.log.warn(
      { err: error, handler: where },
      `The payload of ${where} was refused: a function of its schema threw.`,
    );
    throw new InvalidPayloadError([{ path: '', message: 'cannot be read' }], { cause: error });
  }
}

function schemaValidation(schema: StandardSchemaV1, where: string): Validate {
  const outcome = (result: StandardSchemaV1.Result<unknown>): unknown => {
    if (result.issues !== undefined) {
      const issues = schemaIssues(result.issues);
      throw new InvalidPayloadError(issues, { moreIssues: result.issues.length - issues.length });
    }
    holdPromises(result.value); // the handler may ignore promises in it
    return result.value;
  };
  return (payload, ctx) => {
    checkLimits(payload, false);
    const result = ask(schema, payload, where, ctx);
    return isPromise(result) ? Promise.resolve(result).then(outcome) : outcome(result);
  };
}

/** Builds the validation of a handler's payload; `undefined` for a handler that takes none. */
export function payloadValidation(
  definition: HandlerDefinition,
  options: ExecutionOptions,
): Validate | undefined {
  const type = payloadTypeOf(definition);
  if (type === undefined) return undefined;
  if (type === 'unchecked') return (payload) => payload;
  const { where } = definition;
  const validate = isStandardSchema(type)
    ? schemaValidation(type, where)
    : classValidation(type, where, options);
  const { telemetry } = options;
  return telemetry === undefined ? validate : observedValidation(validate, where, telemetry);
}
