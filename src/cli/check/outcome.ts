import type { StartupProblem } from '../../errors';
import type { CheckReport } from '../../checks';

/** What a check has shown; printed as it is by `--json`. */
export interface Outcome extends CheckReport {
  /** Whether the command ends with 0. */
  readonly ok: boolean;
}

/** An app that starts has been checked. */
export function outcomeOf(report: CheckReport, strict: boolean): Outcome {
  const { widgets, actions, problems, unused } = report;
  const isProven = widgets.length > 0 && unused.length === 0;
  return { ok: problems.length === 0 && (isProven || !strict), widgets, actions, problems, unused };
}

/** An app that does not start: of its widgets nothing is known but what is wrong. */
export function outcomeOfProblems(problems: readonly StartupProblem[]): Outcome {
  return { ok: false, widgets: [], actions: [], problems, unused: [] };
}
