import { isRecord } from '../../protocol';
import type { Interruption } from '../sdk/run-event';

/** A tool call that waits for the user's decision. */
export interface InterruptedCall {
  readonly callId: string;
  readonly name: string;
  /** The arguments of the call. */
  readonly input: unknown;
}

/** Reads id, name and input of a call. Hosted tools, such as those of MCP servers, have `providerData`. */
export function interruptedCall({ name = '', arguments: input, rawItem }: Interruption): InterruptedCall {
  const raw = isRecord(rawItem) ? rawItem : {};
  const hosted = raw['providerData'];
  if (raw['type'] !== 'hosted_tool_call' || !isRecord(hosted)) {
    return { callId: textIn(raw['callId']), name, input: parsed(input) };
  }
  return {
    callId: textIn(hosted['id'] ?? raw['id']),
    name: textIn(hosted['name'] ?? name),
    input: parsed(hosted['arguments'] ?? input),
  };
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : text;
  } catch {
    return text;
  }
}
