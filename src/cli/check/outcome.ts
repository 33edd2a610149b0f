import type { StartupProblem } from '../../errors';
import type { CheckReport } from '../../checks';

/** The result of a check; `--json` prints it unchanged. */
export interface Outcome extends CheckReport {
  /** Whether the exit code is 0. */
  readonly ok: boolean;
}

/** The outcome for an app that starts. */
export function outcomeOf(report: CheckReport, strict: boolean): Outcome {
  const { widgets, actions, problems, unused } = report;
  const isProven = widgets.length > 0 && unused.length === 0;
  return { ok: problems.length === 0 && (isProven || !strict), widgets, actions, problems, unused };
}

/** The outcome for an app that does not start: only its problems are known. */
export function outcomeOfProblems(problems: readonly StartupProblem[]): Outcome {
  return { ok: false, widgets: [], actions: [], problems, unused: [] };
}
