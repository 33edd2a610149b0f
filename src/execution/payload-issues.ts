import type { StandardSchemaV1 } from '@standard-schema/spec';
import { MAX_ISSUES, type Issue } from '../errors';

/** The first issues of a Standard Schema, their paths joined. */
export function schemaIssues(issues: readonly StandardSchemaV1.Issue[]): Issue[] {
  return issues.slice(0, MAX_ISSUES).map(({ message, path = [] }) => ({
    path: path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.'),
    message,
  }));
}
