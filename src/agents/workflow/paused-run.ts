import { interruptedCall, type InterruptedCall } from '../approvals/interrupted-call';
import { writeState } from '../approvals/run-state';
import type { JobResult } from './run-job';

/** A run whose tools wait for the user, as the journal keeps it. */
export interface PausedRun {
  /** As the SDK writes it, without its context. */
  readonly state: string;
  readonly calls: readonly InterruptedCall[];
}

export function isPaused({ interruptions = [] }: JobResult): boolean {
  return interruptions.length > 0;
}

export function pausedRun(run: JobResult): PausedRun {
  return { state: writeState(run), calls: (run.interruptions ?? []).map(interruptedCall) };
}

/** The place in the journal where a run has waited for so many times. */
export function pauseOf(place: string, count: number): string {
  return `${place} paused ${String(count)}`;
}

/** What the user is asked about a call. */
export function toolQuestion(agent: string, { name, input }: InterruptedCall): string {
  return `${agent} asks to use **${name}**:\n\n\`\`\`json\n${JSON.stringify(input, null, 2)}\n\`\`\``;
}
