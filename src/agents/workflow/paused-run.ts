import { interruptedCall, type InterruptedCall } from '../approvals/interrupted-call';
import { writeState } from '../approvals/run-state';
import type { JobResult } from './run-job';

/** A run whose tools wait for the user, as it is stored in the journal. */
export interface PausedRun {
  /** The state as the SDK serialises it, without its context. */
  readonly state: string;
  readonly calls: readonly InterruptedCall[];
}

export function isPaused({ interruptions = [] }: JobResult): boolean {
  return interruptions.length > 0;
}

export function pausedRun(run: JobResult): PausedRun {
  return { state: writeState(run), calls: (run.interruptions ?? []).map(interruptedCall) };
}

/** The place in the journal of the `count`th pause of a run. */
export function pauseOf(place: string, count: number): string {
  return `${place} paused ${String(count)}`;
}

/** The question to the user about a call, in Markdown. */
export function toolQuestion(agent: string, { name, input }: InterruptedCall): string {
  return `${agent} asks to use **${name}**:\n\n\`\`\`json\n${JSON.stringify(input, null, 2)}\n\`\`\``;
}
