import { createHash } from 'node:crypto';
import type { FunctionCallInput, FunctionResultInput, InputItem } from './input-item';

/** A call and its output, by their places in the input. */
interface Pair {
  readonly call: number;
  readonly result: number;
}

/** Ids of fewer characters may come again: some servers count their calls, anew with every response. */
const LONG = 16;

/**
 * Input in which every tool call has its output after it, every output its call before, and each pair an id
 * of its own: APIs refuse any other. What lacks its counterpart is left out, as where a limit fell between
 * them. The SDK takes calls of one id for one call, also one of the run that begins now: a pair whose id has
 * come again, or may, is told under another.
 */
export function wholeCalls(input: readonly InputItem[]): InputItem[] {
  const ids = new Map<number, string>();
  for (const [callId, pairs] of pairsIn(input)) {
    for (const [index, { call, result }] of pairs.entries()) {
      const isUnique = callId.length >= LONG && index === pairs.length - 1;
      const id = isUnique ? callId : otherId(callId, index);
      ids.set(call, id).set(result, id);
    }
  }
  return input.flatMap((item, place): InputItem[] => {
    if (!isCall(item) && !isResult(item)) return [item];
    const callId = ids.get(place);
    return callId === undefined ? [] : [{ ...item, callId }];
  });
}

/** The pairs by the ids of their calls, oldest first: an output belongs to the latest call before it. */
function pairsIn(input: readonly InputItem[]): Map<string, Pair[]> {
  const open = new Map<string, number>();
  const pairs = new Map<string, Pair[]>();
  for (const [place, item] of input.entries()) {
    if (isCall(item)) open.set(item.callId, place);
    if (!isResult(item)) continue;
    const call = open.get(item.callId);
    open.delete(item.callId);
    if (call !== undefined)
      pairs.set(item.callId, [...(pairs.get(item.callId) ?? []), { call, result: place }]);
  }
  return pairs;
}

/** The same for every run, for the caches of models; nine letters and digits, which all servers take. */
function otherId(callId: string, index: number): string {
  return createHash('sha256')
    .update(`${callId} ${String(index)}`)
    .digest('hex')
    .slice(0, 9);
}

function isCall(item: InputItem): item is FunctionCallInput {
  return item.type === 'function_call';
}

function isResult(item: InputItem): item is FunctionResultInput {
  return item.type === 'function_call_result';
}
