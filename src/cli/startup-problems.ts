import type { StartupProblem } from '../errors';
import { causesOf } from './causes';

/** The problems of a StartupError, even a wrapped one or one from another copy of this package. */
export function startupProblems(error: unknown): readonly StartupProblem[] | undefined {
  for (const each of causesOf(error)) {
    if (!(each instanceof Error)) continue;
    if (
      'code' in each &&
      each.code === 'startup_failed' &&
      'problems' in each &&
      Array.isArray(each.problems)
    ) {
      return each.problems as StartupProblem[];
    }
  }
  return undefined;
}
