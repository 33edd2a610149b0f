import { z } from 'zod';
import { type Issue } from '../errors';
import { type Json } from '../jinja';
import { below, plainData } from './plain-data';

export type CheckedData =
  | { readonly data: Record<string, Json>; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

export type DataCheck = (data: unknown) => CheckedData;

/**
 * Creates a check of data against a JSON Schema. Fields with a default in the schema may be left out.
 *
 * @throws when the schema uses features that cannot be checked
 */
export function dataCheck(jsonSchema: unknown): DataCheck {
  const schema = z.fromJSONSchema((jsonSchema ?? {}) as Parameters<typeof z.fromJSONSchema>[0]);
  const hasDefaults = JSON.stringify(jsonSchema ?? {}).includes('"default":');
  return (value) => {
    const issues: Issue[] = [];
    const data = plainData(value ?? {}, issues);
    if (Array.isArray(data) || typeof data !== 'object' || data === null) {
      return { issues: issues.length > 0 ? issues : [{ path: '', message: 'must be an object' }] };
    }
    if (issues.length > 0) return { issues };
    const result = schema.safeParse(data);
    if (!result.success) return { issues: result.error.issues.flatMap((issue) => issuesOf(issue, '')) };
    return { data: hasDefaults ? (result.data as Record<string, Json>) : data };
  };
}

function issuesOf(issue: z.core.$ZodIssue, outer: string): Issue[] {
  const path = issue.path.reduce<string>((whole, key) => below(whole, String(key)), outer);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: below(path, key), message: 'is not in the schema' }));
    case 'invalid_union':
      return issue.errors.length === 0 ? [{ path, message: issue.message }] : closest(issue.errors, path);
    default:
      return [{ path, message: issue.message }];
  }
}

/** The issues of the union branch that fits best, or of all branches if none fits at all. */
function closest(branches: readonly (readonly z.core.$ZodIssue[])[], path: string): Issue[] {
  const deep = branches.filter((issues) => issues.every((issue) => issue.path.length > 0));
  const best = [...deep].sort((a, b) => a.length - b.length)[0];
  if (best !== undefined) return best.flatMap((issue) => issuesOf(issue, path));
  const messages = branches.flatMap((issues) => issues.map(({ message }) => message));
  return [{ path, message: [...new Set(messages)].join(', or: ') }];
}
