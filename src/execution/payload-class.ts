import type { RunContext } from '../context';
import { InvalidPayloadError, messageOf, shorten } from '../errors';
import type { Class } from '../metadata';
import { isRecord } from '../protocol';
import { pathOf, plainFirst, readDto, THREW, type ClassIssue, type DtoReading } from './dto';
import type { ExecutionOptions } from './options';
import { checkLimits } from './payload-limits';

/**
 * Logs the fields that validation dropped, each once per handler: an action inside a form carries all
 * fields of the form, and which ones depends on what the user fills in.
 */
function dropReporter(where: string, type: Class): (ctx: RunContext, dropped: readonly string[]) => void {
  const reported = new Set<string>();
  return (ctx, dropped) => {
    const fields = [...new Set(dropped)]
      .map((key) => shorten(key, 100))
      .filter((key) => !reported.has(key))
      .slice(0, 100);
    // Clients choose the field names, so the set is bounded.
    if (fields.length === 0 || reported.size >= 100) return;
    for (const key of fields) reported.add(key);
    ctx.log.warn(
      { handler: where, fields },
      `The payload of ${where} had fields that ${type.name} does not name; they were dropped.`,
    );
  };
}

/** Logs the errors that functions of the class threw, since they may be bugs in those functions. */
function reportThrown({ thrown }: DtoReading, where: string, ctx: RunContext): void {
  for (const { error, place } of thrown.slice(0, 10)) {
    ctx.log.warn(
      { err: error, handler: where, field: pathOf(place) },
      `The payload of ${where} was refused: a @Transform or validator of this field threw.`,
    );
  }
}

function plainObject(payload: unknown): Record<string, unknown> {
  const plain = payload ?? {};
  if (!isRecord(plain)) throw new InvalidPayloadError([{ path: '', message: 'must be an object' }]);
  checkLimits(plain, true);
  return plain;
}

/**
 * Validates payloads with a class-validator class. A missing payload is validated as an empty object,
 * so that the error names the fields.
 */
export function classValidation(
  type: Class,
  where: string,
  { mode, unknownFields }: ExecutionOptions,
): (payload: unknown, ctx: RunContext) => object | Promise<object> {
  const rules = { unknownFields, now: false };
  const report = mode === 'development' ? dropReporter(where, type) : undefined;
  const outcome = (reading: DtoReading, ctx: RunContext): object => {
    const { value, issues, moreIssues, thrown, dropped } = reading;
    if (issues.length > 0) {
      if (thrown.length > 0) reportThrown(reading, where, ctx);
      throw new InvalidPayloadError(
        issues.map(({ path, message }) => ({ path, message })),
        { moreIssues, ...(thrown[0] && { cause: thrown[0].error }) },
      );
    }
    if (dropped.length > 0) report?.(ctx, dropped);
    return value;
  };
  const read = (payload: unknown, ctx: RunContext): object | Promise<object> => {
    const reading = readDto(type, plainObject(payload), rules);
    return reading instanceof Promise ? reading.then((read) => outcome(read, ctx)) : outcome(reading, ctx);
  };
  return plainFirst(type, read);
}

/** Adds to an issue the error that a function of the class threw; for developers only. */
function withError(issue: ClassIssue, { thrown }: DtoReading): ClassIssue {
  const cause = thrown.find(({ place }) => pathOf(place) === issue.path);
  if (cause === undefined || issue.constraint !== THREW) return issue;
  return { ...issue, message: `${issue.message} (a function of its class threw ${messageOf(cause.error)})` };
}

/** The synchronous part of {@link classValidation}; returns the issues. */
export function classProbe(
  type: Class,
  { unknownFields }: ExecutionOptions,
): (payload: unknown) => readonly ClassIssue[] {
  const rules = { unknownFields, now: true };
  return (payload) => {
    const reading = readDto(type, plainObject(payload), rules);
    return reading instanceof Promise ? [] : reading.issues.map((issue) => withError(issue, reading));
  };
}
