import { createHash } from 'node:crypto';
import type { FunctionCallInput, FunctionResultInput, InputItem } from './input-item';

/** The indexes of a call and its output in the input. */
interface Pair {
  readonly call: number;
  readonly result: number;
}

/**
 * The random part of an id. An id without it may be used again: some servers number their calls, starting
 * over with every response, such as `call_1` or `functions.get_weather:0`.
 */
const RANDOM = /[a-z0-9]{16}/i;

/**
 * Returns input in which every tool call is followed by its output, and each pair has its own id; APIs refuse
 * other input. A call without output is left out, and so is an output without its call, for example if a
 * history limit separates them. The SDK treats calls with the same id as one call, including calls of the run
 * that begins now. So a pair gets a new id if its id is used again, or may be.
 */
export function wholeCalls(input: readonly InputItem[]): InputItem[] {
  const ids = new Map<number, string>();
  for (const [callId, pairs] of pairsIn(input)) {
    for (const [index, { call, result }] of pairs.entries()) {
      const isUnique = RANDOM.test(callId) && index === pairs.length - 1;
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

/** The pairs by call id, oldest first. An output belongs to the latest call before it. */
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

/** The same in every run, so that prompt caches work; nine letters and digits, which all servers accept. */
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
