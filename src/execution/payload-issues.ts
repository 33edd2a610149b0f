import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Issue } from '../errors';

/** The issues of a Standard Schema, their paths joined. */
export function schemaIssues(issues: readonly StandardSchemaV1.Issue[]): Issue[] {
  return issues.map(({ message, path = [] }) => ({
    path: path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.'),
    message,
  }));
}
