import type { ThreadItem, ThreadStreamEvent } from '../../../src/protocol';
import type { RunEvent } from '../../../src/agents';

/** An event of the Responses API, as it comes over the wire. */
export interface ApiEvent {
  type: string;
  [field: string]: unknown;
}

/** One thing that happens during a run. */
export type Step =
  /** An event of the API. */
  | { api: ApiEvent }
  /** The run tells that a tool is called. */
  | { called: { call_id: string; id: string; name: string } }
  /** A tool sends an event, whole as on the wire. */
  | { emit: object }
  /** A tool uses a helper. */
  | { helper: Helper; args: object }
  /** A tool asks for a tool in the browser. */
  | { clientTool: { name: string; arguments: Record<string, unknown> } }
  /** A guardrail stops the run. */
  | { guardrail: 'input' | 'output' };

export type Helper = 'start_workflow' | 'add_workflow_task' | 'update_workflow_task' | 'end_workflow';

export interface Stream {
  name: string;
  /** Where it is known from that streams look like this. */
  source: string;
  /** What is in the thread before, oldest first. */
  thread?: ThreadItem[];
  /** The number of partial images that the converter is told of. */
  partialImages?: number;
  steps: Step[];
  /** The same answer by a model that gives only text: what we are given in place of `api` steps. */
  plain?: RunEvent[];
  /** Where the reference does something else: why, and what we do. */
  differs?: { why: string; ours: Outcome };
}

/** What is sent, and what is stored without being sent. */
export interface Outcome {
  events: (ThreadStreamEvent | Record<string, unknown>)[];
  stored: Record<string, unknown>[];
  /** The name of the error that ended it. */
  throws?: string;
}

const DOCS = 'written after the event types of the API reference, "Streaming events" of Responses';

/** The source of streams that are not recorded. */
export const BY_TYPES = DOCS;

export const api = (type: string, fields: Record<string, unknown> = {}): Step => ({
  api: { type: `response.${type}`, sequence_number: 0, ...fields },
});

const response = (status: string, output: unknown[] = []) => ({
  response: {
    id: 'resp_1',
    object: 'response',
    created_at: 0,
    status,
    model: 'gpt',
    output,
    parallel_tool_calls: true,
    tool_choice: 'auto',
    tools: [],
  },
});

export const created = (): Step => api('created', response('in_progress'));
export const completed = (output: unknown[] = []): Step => api('completed', response('completed', output));

/** Steps between the beginning and the end of a response. */
export const inResponse = (...steps: (Step | Step[])[]): Step[] => [created(), ...steps.flat(), completed()];

export const outputText = (text: string, annotations: unknown[] = []) => ({
  type: 'output_text',
  text,
  annotations,
  logprobs: [],
});

export const messageItem = (id: string, content: unknown[] = [], status = 'completed') => ({
  id,
  type: 'message',
  role: 'assistant',
  status,
  content,
});

interface MessageOptions {
  id?: string;
  index?: number;
  /** Citations of the part, told one by one after its text. */
  annotations?: unknown[];
}

/** A message of one part, in these pieces. */
export function message(pieces: string[], options: MessageOptions = {}): Step[] {
  const { id = 'msg_1', index = 0, annotations = [] } = options;
  const at = { item_id: id, output_index: index, content_index: 0 };
  const text = pieces.join('');
  return [
    api('output_item.added', { output_index: index, item: messageItem(id, [], 'in_progress') }),
    api('content_part.added', { ...at, part: outputText('') }),
    ...pieces.map((delta) => api('output_text.delta', { ...at, delta, logprobs: [] })),
    ...annotations.map((annotation, annotation_index) =>
      api('output_text.annotation.added', { ...at, annotation_index, annotation }),
    ),
    api('output_text.done', { ...at, text, logprobs: [] }),
    api('content_part.done', { ...at, part: outputText(text, annotations) }),
    api('output_item.done', {
      output_index: index,
      item: messageItem(id, [outputText(text, annotations)]),
    }),
  ];
}

/** Reasoning with these summaries, each in pieces. */
export function reasoning(
  summaries: string[][],
  { id = 'rs_1', index = 0 }: { id?: string; index?: number } = {},
): Step[] {
  const thoughts = summaries.map((pieces) => pieces.join(''));
  const item = (summary: unknown[]) => ({ id, type: 'reasoning', summary });
  return [
    api('output_item.added', { output_index: index, item: item([]) }),
    ...summaries.flatMap((pieces, summary_index) => {
      const at = { item_id: id, output_index: index, summary_index };
      const text = thoughts[summary_index]!;
      return [
        api('reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } }),
        ...pieces.map((delta) => api('reasoning_summary_text.delta', { ...at, delta })),
        api('reasoning_summary_text.done', { ...at, text }),
        api('reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } }),
      ];
    }),
    api('output_item.done', {
      output_index: index,
      item: item(thoughts.map((text) => ({ type: 'summary_text', text }))),
    }),
  ];
}

/** A tool call, streamed, and then told by the run. */
export function functionCall(
  name: string,
  {
    callId = 'call_1',
    id = 'fc_1',
    index = 0,
    args = '{}',
  }: { callId?: string; id?: string; index?: number; args?: string } = {},
): Step[] {
  const item = { id, type: 'function_call', call_id: callId, name, arguments: args, status: 'completed' };
  const at = { item_id: id, output_index: index };
  return [
    api('output_item.added', {
      output_index: index,
      item: { ...item, status: 'in_progress', arguments: '' },
    }),
    api('function_call_arguments.delta', { ...at, delta: args }),
    api('function_call_arguments.done', { ...at, arguments: args, name }),
    api('output_item.done', { output_index: index, item }),
  ];
}

export const called = (name: string, callId = 'call_1', id = 'fc_1'): Step => ({
  called: { call_id: callId, id, name },
});

export const helper = (name: Helper, args: object = {}): Step => ({ helper: name, args });
