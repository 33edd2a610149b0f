import type { StandardSchemaV1 } from '@standard-schema/spec';
import { holdPromises, MAX_ISSUES, type Issue } from '../errors';

/** The first issues of a Standard Schema, with joined paths. A schema's message may be no string. */
export function schemaIssues(issues: readonly StandardSchemaV1.Issue[]): Issue[] {
  holdPromises(issues);
  return issues.slice(0, MAX_ISSUES).map(({ message, path = [] }) => ({
    path: path.flatMap(keyText).join('.'),
    message: typeof message === 'string' ? message : 'is not valid',
  }));
}

function keyText(segment: unknown): string[] {
  const key: unknown =
    typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment;
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'symbol' ? [String(key)] : [];
}
