import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ValidationError } from 'class-validator';
import type { Issue } from '../errors';
import { joinPath } from './payload-limits';

/** An issue, and the name of the constraint that is not met. */
export interface ClassIssue extends Issue {
  readonly constraint: string;
}

/** The issues of class-validator's tree of errors, in its order, without recursion. */
export function classIssues(errors: readonly ValidationError[]): Issue[] {
  return constraintIssues(errors).map(({ path, message }) => ({ path, message }));
}

/** What {@link classIssues} gives, with the names of the constraints. */
export function constraintIssues(errors: readonly ValidationError[]): ClassIssue[] {
  const issues: ClassIssue[] = [];
  const open = errors.map((error) => ({ error, parent: '' })).reverse();
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { error, parent } = step;
    const path = typeof error.property === 'string' ? joinPath(parent, error.property) : parent;
    for (const [constraint, message] of Object.entries(error.constraints ?? {})) {
      issues.push({ path, message, constraint });
    }
    for (const child of [...(error.children ?? [])].reverse()) open.push({ error: child, parent: path });
  }
  return issues;
}

/** The issues of a Standard Schema, their paths joined. */
export function schemaIssues(issues: readonly StandardSchemaV1.Issue[]): Issue[] {
  return issues.map(({ message, path = [] }) => ({
    path: path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.'),
    message,
  }));
}
