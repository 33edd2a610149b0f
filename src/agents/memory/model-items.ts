import type { FunctionResultInput, InputItem } from '../input/input-item';
import type { StreamedRun } from '../sdk/run-event';
import { isRecord } from '../../protocol';

/** One item of a run, in the shape in which the SDK takes it back as input. */
export interface ModelItem {
  readonly type: string;
  readonly callId?: string;
  readonly name?: string;
  readonly [field: string]: unknown;
}

/** What a run has made, in its order: messages, reasoning, tool calls and their outputs. */
export function itemsOf(run: StreamedRun): ModelItem[] {
  return (run.newItems ?? []).map(({ rawItem }) => rawItem).filter(isModelItem);
}

/** The ids of the calls of a run's last response. */
export function lastCallsOf(run: StreamedRun): string[] {
  const outputs = (run.rawResponses?.at(-1)?.output ?? []).filter(isModelItem);
  return outputs.filter(isCall).flatMap(({ callId }) => callId ?? []);
}

export function isCall({ type }: ModelItem): boolean {
  return type === 'function_call';
}

export function isResult({ type }: ModelItem): boolean {
  return type === 'function_call_result';
}

/**
 * Items that a model may read again: every call with its output, and no reasoning without what it led to.
 * Where one is left out, so is the reasoning before it; what else the reasoning led to is told without its
 * id, as new: by the id the API knows that the reasoning is missing.
 *
 * @param leaveOut calls that the thread tells of itself, as those of tools in the browser
 */
export function replayable(items: readonly ModelItem[], leaveOut: ReadonlySet<string>): ModelItem[] {
  const answered = new Set(items.filter(isResult).map(({ callId }) => callId));
  const isKept = (item: ModelItem): boolean => {
    if (isImage(item)) return false; // the thread has it
    if (!isCall(item) && !isResult(item)) return true;
    return answered.has(item.callId) && !(item.callId !== undefined && leaveOut.has(item.callId));
  };
  let lacksReasoning = false;
  return items.flatMap((item, index) => {
    if (item.type === 'reasoning') {
      const led = items.slice(index + 1).find(({ type }) => type !== 'reasoning');
      lacksReasoning = led === undefined || isResult(led) || !isKept(led);
      return lacksReasoning ? [] : [item];
    }
    if (!isKept(item)) return [];
    if (isResult(item) || !lacksReasoning) return [item];
    return isCall(item) || item.type === 'message' ? [withoutId(item)] : [];
  });
}

/** The outputs of calls, as input. */
export function resultsOf(items: readonly ModelItem[], calls: readonly string[]): FunctionResultInput[] {
  return items.filter(
    (item): item is ModelItem & FunctionResultInput =>
      isResult(item) && item.callId !== undefined && calls.includes(item.callId),
  );
}

/** Items of the SDK are input to it. */
export function asInput(items: readonly ModelItem[]): InputItem[] {
  return items as unknown as InputItem[];
}

function isImage({ type, name }: ModelItem): boolean {
  return type === 'hosted_tool_call' && name === 'image_generation_call';
}

function isModelItem(item: unknown): item is ModelItem {
  return isRecord(item) && typeof item['type'] === 'string';
}

function withoutId(item: ModelItem): ModelItem {
  return { ...item, id: undefined };
}
