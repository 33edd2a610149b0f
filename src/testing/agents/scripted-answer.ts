import { randomUUID } from 'node:crypto';

/** A tool call in a script. */
export interface ScriptedCall {
  /** The name of the tool. */
  readonly call: string;
  /** The arguments, as JSON text. */
  readonly arguments: string;
  readonly callId: string;
}

/** A part of a model's answer: a text, a tool call, or an error with which the model fails. */
export type ScriptedPart = string | ScriptedCall | Error;

/** One answer of a model. Parts before an error are streamed before it fails. */
export type ScriptedAnswer = ScriptedPart | readonly ScriptedPart[];

/**
 * A tool call for a script.
 *
 * @param callId random by default; must differ for each call in a thread
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

/** A part as an output item of the SDK. */
export function outputOf(part: Exclude<ScriptedPart, Error>): object {
  if (typeof part === 'string') {
    const content = [{ type: 'output_text', text: part }];
    return { type: 'message', role: 'assistant', status: 'completed', content };
  }
  const { call: name, arguments: args, callId } = part;
  return { type: 'function_call', id: callId, callId, name, status: 'completed', arguments: args };
}
