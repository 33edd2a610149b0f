import type { z } from 'zod';
import { DeveloperError, holdPromises, IssueList, tellIssues, type Issue } from '../errors';
import { isHiddenType } from './guards';
import { addIssues } from './issues';
import { threadStreamEventSchema } from './schemas/events';

/**
 * Lists what is wrong with a complete protocol event, including unknown fields. The list is empty if the
 * event is valid. Meant for development, since it walks the whole event. It does not check widget props and
 * free-form data.
 *
 * @example
 * checkEvent({ type: 'thread.item.removed', itemId: 'a' });
 * // [{ path: 'item_id', message: 'is required' }, { path: 'itemId', message: 'is an unknown field' }]
 */
export function checkEvent(event: unknown): Issue[] {
  return issuesOf(threadStreamEventSchema, event);
}

/** @throws DeveloperError `invalid_event`, with the issues that {@link checkEvent} finds */
export function assertEvent(event: { type: string; item?: unknown }): void {
  const issues = checkEvent(event);
  if (issues.length > 0) throw invalid('event', event, issues);
}

export function issuesOf(schema: z.ZodType, value: unknown): Issue[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : addIssues(new IssueList(Infinity), parsed.error.issues, value).kept;
}

/** The error for a handler's value that does not match the protocol. */
export function invalid(what: string, value: unknown, issues: readonly Issue[]): DeveloperError {
  const promise = holdPromises(value);
  const { type, item } = (value ?? {}) as { type?: unknown; item?: { type?: unknown } };
  const hidden = [type, item?.type].some((each) => isHiddenType(String(each)));
  const problems = tellIssues(hidden ? issues.map(({ path }) => ({ path: '', message: path })) : issues); // messages quote values
  return new DeveloperError(
    'invalid_event',
    `${what === 'event' ? `A handler yielded an invalid "${String(type)}" event` : `Invalid ${what}`}: ${problems}.`,
    promise === undefined
      ? 'Give its fields values that the protocol allows.'
      : `\`${promise}\` is a promise: await it, and use the resolved value.`,
    hidden ? {} : { issues },
  );
}
