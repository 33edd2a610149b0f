import type { FunctionResultInput, InputItem } from '../input/input-item';
import type { StreamedRun } from '../sdk/run-event';
import { isRecord } from '../../protocol';

/** One item of a run, in the shape that the SDK accepts as input. */
export interface ModelItem {
  readonly type: string;
  readonly callId?: string;
  readonly name?: string;
  readonly [field: string]: unknown;
}

/** The items of a run, in order: messages, reasoning, tool calls and their outputs. */
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
 * Returns the items that a model may read again: every call with its output, and no reasoning without the
 * item that follows from it. If that item is left out, so is the reasoning before it. Other items that follow
 * from such reasoning lose their id, since with the id the API notices that the reasoning is missing.
 *
 * @param leaveOut ids of calls that the thread contains itself, such as those of tools in the browser
 */
export function replayable(items: readonly ModelItem[], leaveOut: ReadonlySet<string>): ModelItem[] {
  const answered = new Set(items.filter(isResult).map(({ callId }) => callId));
  const isKept = (item: ModelItem): boolean => {
    if (isImage(item)) return false; // the thread contains the image
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

/** The outputs of the given calls, as input. */
export function resultsOf(items: readonly ModelItem[], calls: readonly string[]): FunctionResultInput[] {
  return items.filter(
    (item): item is ModelItem & FunctionResultInput =>
      isResult(item) && item.callId !== undefined && calls.includes(item.callId),
  );
}

/** Only changes the type: the SDK accepts its own items as input. */
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
