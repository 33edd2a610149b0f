import type { InputItem } from './input-item';

/**
 * Input in which every tool call has its output after it, and every output its call before: APIs refuse
 * any other. What lacks its counterpart is left out, as where a limit fell between them.
 */
export function wholeCalls(input: readonly InputItem[]): InputItem[] {
  const answered = new Set<string>();
  const called = new Set<string>();
  for (const item of input) {
    if (isCall(item)) called.add(item.callId);
    else if (isResult(item) && called.has(item.callId)) answered.add(item.callId);
  }
  const used = new Set<string>();
  return input.filter((item) => {
    if (isCall(item)) return answered.has(item.callId);
    if (!isResult(item)) return true;
    if (!answered.has(item.callId) || used.has(item.callId)) return false;
    used.add(item.callId);
    return true;
  });
}

function isCall(item: InputItem): item is Extract<InputItem, { type: 'function_call' }> {
  return item.type === 'function_call';
}

function isResult(item: InputItem): item is Extract<InputItem, { type: 'function_call_result' }> {
  return item.type === 'function_call_result';
}
