import { isRecord } from '../../protocol';
import type { Interruption } from '../sdk/run-event';

/** A tool call that waits for the user. */
export interface InterruptedCall {
  readonly callId: string;
  readonly name: string;
  /** What the model calls it with. */
  readonly input: unknown;
}

/** What of a call users are asked about. A hosted tool, as of an MCP server, tells it among its provider's data. */
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
