import type { BootFault } from '../errors';
import type { CheckReport } from '../checks';
import { causesOf } from './causes';

/** What a check has shown; printed as it is by `--json`. */
export interface Outcome extends CheckReport {
  /** Whether the command ends with 0. */
  readonly ok: boolean;
}

/** An app that boots has been checked. */
export function outcomeOf(report: CheckReport, strict: boolean): Outcome {
  const { widgets, actions, faults, unused } = report;
  const isProven = widgets.length > 0 && unused.length === 0;
  return { ok: faults.length === 0 && (isProven || !strict), widgets, actions, faults, unused };
}

/** An app that does not boot: of its widgets nothing is known but what is wrong. */
export function outcomeOfFaults(faults: readonly BootFault[]): Outcome {
  return { ok: false, widgets: [], actions: [], faults, unused: [] };
}

/** The faults of a BootError, of whichever copy of this package; also where it was wrapped. */
export function bootFaults(error: unknown): readonly BootFault[] | undefined {
  for (const each of causesOf(error)) {
    if (!(each instanceof Error)) continue;
    if ('code' in each && each.code === 'boot_failed' && 'faults' in each && Array.isArray(each.faults)) {
      return each.faults as BootFault[];
    }
  }
  return undefined;
}
