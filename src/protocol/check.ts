import type { Issue } from '../errors';
import { toIssues } from './issues';
import { threadStreamEventSchema } from './schemas/events';

/**
 * What is wrong with a complete protocol event, unknown fields included; empty where all is well. For
 * development: it walks the whole event. Widget props and free-form data are not looked at.
 *
 * @example
 * checkEvent({ type: 'thread.item.removed', itemId: 'a' });
 * // [{ path: 'item_id', message: 'is required' }, { path: 'itemId', message: 'is an unknown field' }]
 */
export function checkEvent(event: unknown): Issue[] {
  const parsed = threadStreamEventSchema.safeParse(event);
  return parsed.success ? [] : toIssues(parsed.error.issues, event);
}
