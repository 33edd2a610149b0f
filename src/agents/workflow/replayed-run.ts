import { isRecord } from '../../protocol';
import type { AgentLike } from '../sdk/agent';
import type { RunItem } from '../sdk/run-event';
import type { RunInput } from './current-turn';
import type { JobResult } from './run-job';

interface KeptRun {
  readonly finalOutput?: unknown;
  readonly items: readonly { type?: unknown; rawItem?: unknown }[];
  readonly lastResponseId?: unknown;
}

/** The part of a run's result that is stored in the journal. */
export function keptOf(run: JobResult): KeptRun {
  const items = (run.newItems ?? []).map((item) => ({
    type: 'type' in item ? item.type : undefined,
    rawItem: item.rawItem,
  }));
  return {
    finalOutput: run.finalOutput,
    items,
    lastResponseId: run.rawResponses?.at(-1)?.responseId,
  };
}

/** Builds a run's result from the journal, with the fields that a workflow reads. */
export function replayedRun(kept: unknown, agent: AgentLike, input: RunInput): JobResult {
  const { finalOutput, items, lastResponseId } = kept as KeptRun;
  const newItems: RunItem[] = items.map((item) => ({ ...item, agent }));
  const output = newItems.map(({ rawItem }) => rawItem);
  const before: readonly unknown[] = Array.isArray(input) ? input : [{ role: 'user', content: input }];
  const result = {
    finalOutput,
    newItems,
    output,
    history: [...before, ...output],
    input,
    lastResponseId,
    lastAgent: agent,
    activeAgent: agent,
    interruptions: [],
    rawResponses: [],
    completed: Promise.resolve(),
    cancelled: false,
    async *[Symbol.asyncIterator]() {
      // Empty, because the run has already been shown.
    },
  };
  return result;
}

/** The items that a run has produced. */
export function saidBy({ newItems }: JobResult): object[] {
  return (newItems ?? []).map(({ rawItem }) => rawItem).filter(isRecord);
}
