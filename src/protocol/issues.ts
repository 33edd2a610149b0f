import type { z } from 'zod';
import { type IssueList, shorten } from '../errors';

type ZodIssue = z.core.$ZodIssue;

/** Values from outside are cut to this length in messages. */
const SHOWN_LENGTH = 40;

/** The type of a value, for error messages. */
export function show(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function showExactly(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(shorten(value, SHOWN_LENGTH));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : show(value);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map(showExactly);
  return shown.length === 1 ? (shown[0] ?? '') : `one of ${shown.join(', ')}`;
}

function messageOf(issue: ZodIssue, value: unknown): string {
  if (value === undefined) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int'
        ? `expected a whole number, got ${showExactly(value)}`
        : `expected ${issue.expected}, got ${show(value)}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values)}, got ${showExactly(value)}`;
    case 'invalid_union':
      return `expected ${oneOf('options' in issue ? (issue.options ?? []) : [])}, got ${showExactly(value)}`;
    case 'too_small':
      return `expected ${String(issue.minimum)} or more, got ${showExactly(value)}`;
    case 'invalid_format':
      return `expected ${issue.format === 'datetime' ? 'an ISO 8601 time in UTC' : issue.format}, got ${showExactly(value)}`;
    case 'custom':
      return `${issue.message}, got ${showExactly(value)}`;
    default:
      return issue.message;
  }
}

/** For a union without a discriminator, the branch with the fewest issues. */
function bestBranch(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] {
  return branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
}

/**
 * Converts zod's issues to the issues that the package's errors carry, and adds them to the list.
 *
 * @param input The parsed value. Messages quote parts of it.
 * @param prefix Keys of the path that leads to the input.
 */
export function addIssues(
  to: IssueList,
  found: readonly ZodIssue[],
  input: unknown,
  prefix: readonly PropertyKey[] = [],
): IssueList {
  for (const issue of found) {
    const path = (key?: string): string =>
      [...prefix, ...issue.path, ...(key === undefined ? [] : [key])].join('.');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) to.add(() => ({ path: path(key), message: 'is an unknown field' }));
    } else if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const value = valueAt(input, issue.path);
      addIssues(to, bestBranch(issue.errors), value, [...prefix, ...issue.path]);
    } else {
      to.add(() => ({ path: path(), message: messageOf(issue, valueAt(input, issue.path)) }));
    }
  }
  return to;
}
