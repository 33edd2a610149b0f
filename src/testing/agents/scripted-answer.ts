import { randomUUID } from 'node:crypto';

/** A call of a tool that a script makes. */
export interface ScriptedCall {
  /** The name of the tool. */
  readonly call: string;
  /** As JSON. */
  readonly arguments: string;
  readonly callId: string;
}

/** What a model does in an answer: it says a text, calls a tool, or fails. */
export type ScriptedPart = string | ScriptedCall | Error;

/** One answer of a model; what comes before an error is streamed before it fails. */
export type ScriptedAnswer = ScriptedPart | readonly ScriptedPart[];

/**
 * A call of a tool, for a script.
 *
 * @param callId by default a random one; a thread needs another for each call
 * @example scriptedModel([toolCall('show_order', { id: 'A-17' }), 'There it is.'])
 */
export function toolCall(name: string, args: object = {}, callId = `call_${randomUUID()}`): ScriptedCall {
  return { call: name, arguments: JSON.stringify(args), callId };
}

export function partsOf(answer: ScriptedAnswer): readonly ScriptedPart[] {
  return isParts(answer) ? answer : [answer];
}

function isParts(answer: ScriptedAnswer): answer is readonly ScriptedPart[] {
  return Array.isArray(answer);
}

/** A part as an item of the SDK's output. */
export function outputOf(part: Exclude<ScriptedPart, Error>): object {
  if (typeof part === 'string') {
    const content = [{ type: 'output_text', text: part }];
    return { type: 'message', role: 'assistant', status: 'completed', content };
  }
  const { call: name, arguments: args, callId } = part;
  return { type: 'function_call', id: callId, callId, name, status: 'completed', arguments: args };
}
