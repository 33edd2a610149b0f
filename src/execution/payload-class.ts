import { plainToInstance, type ClassConstructor, type ClassTransformOptions } from 'class-transformer';
import { validate, type ValidatorOptions } from 'class-validator';
import type { RunContext } from '../context';
import { InvalidPayloadError } from '../errors';
import type { Class } from '../metadata';
import type { ExecutionOptions } from './options';
import { classIssues, constraintIssues, type ClassIssue } from './payload-issues';
import { checkLimits } from './payload-limits';
import { validateNow } from './validate-now';

/** Everything that could change what a payload becomes is said, whatever the libraries' defaults are. */
const TRANSFORM: ClassTransformOptions = Object.freeze({
  enableImplicitConversion: false,
  enableCircularCheck: false,
  excludeExtraneousValues: false,
  exposeDefaultValues: false,
  exposeUnsetFields: true,
  ignoreDecorators: false,
});

function validatorOptions(unknownFields: ExecutionOptions['unknownFields']): ValidatorOptions {
  return Object.freeze({
    whitelist: unknownFields !== 'keep',
    forbidNonWhitelisted: unknownFields === 'refuse',
    forbidUnknownValues: true,
    skipMissingProperties: false,
    skipNullProperties: false,
    skipUndefinedProperties: false,
    stopAtFirstError: false,
    enableDebugMessages: false,
    validationError: Object.freeze({ target: false, value: false }),
  });
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Logs what validation took away, each field once for each handler: an action inside a form carries
 * all of its fields, and which ones differs with what the user fills in.
 */
function dropReporter(
  where: string,
  type: Class,
): (ctx: RunContext, before: readonly string[], after: object) => void {
  const reported = new Set<string>();
  return (ctx, before, after) => {
    const dropped = before.filter((key) => !Object.hasOwn(after, key) && !reported.has(key));
    // Senders choose the fields, so the memory of what was reported is bounded.
    if (dropped.length === 0 || reported.size >= 100) return;
    for (const key of dropped.slice(0, 100)) reported.add(key);
    ctx.log.warn(
      { handler: where, fields: dropped },
      `The payload of ${where} had fields that ${type.name} does not name; they were dropped.`,
    );
  };
}

function toInstance(type: Class, payload: unknown): object {
  const plain = payload ?? {};
  if (!isPlainObject(plain)) throw new InvalidPayloadError([{ path: '', message: 'must be an object' }]);
  checkLimits(plain, true);
  return plainToInstance(type as ClassConstructor<object>, plain, TRANSFORM);
}

/**
 * Validates payloads by a class-validator class. A payload that is missing is validated as an empty
 * object, so that the error names the fields.
 */
export function classValidation(
  type: Class,
  where: string,
  options: ExecutionOptions,
): (payload: unknown, ctx: RunContext) => Promise<object> {
  const rules = validatorOptions(options.unknownFields);
  const report =
    options.mode === 'development' && options.unknownFields === 'drop'
      ? dropReporter(where, type)
      : undefined;
  return async (payload, ctx) => {
    const instance = toInstance(type, payload);
    const before = report === undefined ? [] : Object.keys(instance);
    const errors = await validate(instance, rules);
    if (errors.length > 0) throw new InvalidPayloadError(classIssues(errors));
    report?.(ctx, before, instance);
    return instance;
  };
}

/** What {@link classValidation} would find, as far as that can be told at once. */
export function classProbe(
  type: Class,
  { unknownFields }: ExecutionOptions,
): (payload: unknown) => readonly ClassIssue[] {
  const rules = validatorOptions(unknownFields);
  return (payload) => constraintIssues(validateNow(toInstance(type, payload), rules));
}
