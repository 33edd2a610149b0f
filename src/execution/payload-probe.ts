import { InvalidPayloadError, messageOf, type Issue } from '../errors';
import { isStandardSchema, type HandlerDefinition } from '../metadata';
import { isPromise } from '../store';
import type { ExecutionOptions } from './options';
import { classProbe } from './payload-class';
import { schemaIssues } from './payload-issues';
import { checkLimits } from './payload-limits';
import { payloadTypeOf } from './payload-type';

export interface ProbeIssue extends Issue {
  /** class-validator's name of the failed constraint. */
  readonly constraint?: string;
}

/** Returns a payload's issues synchronously; asynchronous validators count as met. */
export type PayloadProbe = (payload: unknown) => readonly ProbeIssue[];

/** A handler's payload validation for the startup checks; it never throws. */
export function payloadProbe(definition: HandlerDefinition, options: ExecutionOptions): PayloadProbe {
  const validate = validation(definition, options);
  return (payload) => {
    try {
      return validate(payload);
    } catch (error) {
      if (error instanceof InvalidPayloadError) return error.issues ?? [];
      return [{ path: '', message: `cannot be validated: ${messageOf(error)}` }];
    }
  };
}

function validation(definition: HandlerDefinition, options: ExecutionOptions): PayloadProbe {
  const type = payloadTypeOf(definition);
  if (type === undefined || type === 'unchecked') return () => [];
  if (!isStandardSchema(type)) return classProbe(type, options);
  return (payload) => {
    checkLimits(payload, false);
    const result = type['~standard'].validate(payload);
    if (isPromise(result)) {
      Promise.resolve(result).catch(() => undefined);
      return [];
    }
    return result.issues === undefined ? [] : schemaIssues(result.issues);
  };
}
