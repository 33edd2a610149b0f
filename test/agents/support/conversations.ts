import type { ApiEvent } from '../golden/stream';
import type { ApiRequest, Pause } from './openai-server';

/** An item of input or output, as the API has it. */
export interface ApiItem {
  type?: string;
  id?: string;
  call_id?: string;
  [field: string]: unknown;
}

/** Responses by their ids, each with all that led to it. */
export class Conversations {
  private readonly known = new Map<string, ApiItem[]>();
  /** Items that came after reasoning, by their ids: the API takes none of them without it. */
  private readonly reasonedBy = new Map<string, string>();
  private count = 0;

  forget(responseId: string): void {
    this.known.delete(responseId);
  }

  /** All that led to a response, and its output. */
  before(responseId: string | undefined): ApiItem[] {
    return responseId === undefined ? [] : (this.known.get(responseId) ?? []);
  }

  /** Why the API would refuse a request, where it would. */
  refuse({ input = [], previous_response_id: previous }: ApiRequest): string | undefined {
    const before = previous === undefined ? [] : this.known.get(previous);
    if (before === undefined) return `Previous response with id '${String(previous)}' not found.`;
    const all = [...before, ...input];
    if (all.length === 0) return "One of 'input' or 'previous_response_id' must be provided.";
    return shapeRefusalOf(input) ?? refusalOf(all) ?? this.missingReasoning(all);
  }

  private missingReasoning(items: readonly ApiItem[]): string | undefined {
    const ids = new Set(items.map(({ id }) => id));
    for (const { id = '', type } of items) {
      const reasoning = this.reasonedBy.get(id);
      if (reasoning === undefined || ids.has(reasoning)) continue;
      return `Item '${id}' of type '${type!}' was provided without its required 'reasoning' item: '${reasoning}'.`;
    }
    return undefined;
  }

  /** Gives the response of a script an id of its own, and keeps what it says when it is complete. */
  number(request: ApiRequest, events: readonly (ApiEvent | Pause)[]): (ApiEvent | Pause)[] {
    this.count += 1;
    const id = `resp_${String(this.count)}`;
    const output: ApiItem[] = [];
    return events.map((event) => {
      if (!('type' in event)) return event;
      if (event.type === 'response.output_item.done') output.push(event['item'] as ApiItem);
      if (event['response'] === undefined) return event;
      const isOver = event.type === 'response.completed';
      if (isOver) this.keep(id, request, output);
      const response = { ...event['response'], id, ...(isOver ? { output } : {}) };
      return { ...event, response };
    });
  }

  private keep(
    id: string,
    { input = [], previous_response_id: previous, store }: ApiRequest,
    output: ApiItem[],
  ): void {
    if (store === false) return;
    const before = previous === undefined ? [] : (this.known.get(previous) ?? []);
    this.known.set(id, [...before, ...input, ...output]);
    let reasoning: string | undefined;
    for (const { type, id: itemId } of output) {
      if (type === 'reasoning') reasoning = itemId;
      else if (reasoning !== undefined && itemId !== undefined) this.reasonedBy.set(itemId, reasoning);
      else this.reasonedBy.delete(String(itemId)); // scripts use ids again
    }
  }
}

/** What the Responses API finds wrong with all that a model is to read. */
export function refusalOf(items: readonly ApiItem[]): string | undefined {
  const open = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (item.type === 'function_call') {
      if (open.has(item.call_id!)) break; // told below
      open.add(item.call_id!);
    }
    if (item.type === 'function_call_output' && !open.delete(item.call_id!)) {
      return `No tool call found for function call output with call_id ${item.call_id!}.`;
    }
    if (item.type === 'reasoning' && !isOutput(items[index + 1])) {
      return `Item '${String(item.id)}' of type 'reasoning' was provided without its required following item.`;
    }
  }
  const [unanswered] = open;
  return unanswered === undefined ? undefined : `No tool output found for function call ${unanswered}.`;
}

/** Whether an item is one that a model writes. */
function isOutput(item: ApiItem | undefined): boolean {
  if (item === undefined || item.type === 'function_call_output') return false;
  return item['role'] === undefined || item['role'] === 'assistant';
}

/** The parts of a message, by its role. */
const PARTS: Record<string, RegExp> = {
  user: /^input_(text|image|file)$/,
  system: /^input_text$/,
  assistant: /^(output_text|refusal)$/,
};

/** The fields that items must have, by their type. */
const FIELDS: Record<string, string[]> = {
  function_call: ['call_id', 'name', 'arguments'],
  function_call_output: ['call_id'],
  reasoning: ['id'],
};

/** What the Responses API finds wrong with items one by one. */
function shapeRefusalOf(input: readonly ApiItem[]): string | undefined {
  for (const [index, item] of input.entries()) {
    const at = `input[${String(index)}]`;
    const { type = 'message', role, content } = item;
    if (type === 'message') {
      const allowed = PARTS[String(role)];
      if (allowed === undefined) return `Invalid value: '${String(role)}' for '${at}.role'.`;
      if (typeof content === 'string') continue;
      const wrong = (content as ApiItem[]).find((part) => !allowed.test(String(part.type)));
      if (wrong !== undefined) return `Invalid value: '${String(wrong.type)}' for '${at}.content'.`;
    }
    const missing = (FIELDS[type] ?? []).find(
      (field) => typeof item[field] !== 'string' || item[field] === '',
    );
    if (missing !== undefined) return `Missing required parameter: '${at}.${missing}'.`;
  }
  return undefined;
}

/** A message of Chat Completions, by what is read of it. */
export interface ChatMessage {
  role?: string;
  tool_call_id?: string;
  tool_calls?: { id: string }[];
  [field: string]: unknown;
}

/** What the Chat Completions API finds wrong with messages: outputs follow at once on the message that calls. */
export function chatRefusalOf(messages: readonly ChatMessage[]): string | undefined {
  if (messages.length === 0) return "Invalid 'messages': empty array.";
  let open: string[] = [];
  for (const { role, content, tool_calls: calls = [], tool_call_id: answered = '' } of messages) {
    if (!['system', 'user', 'assistant', 'tool'].includes(String(role)))
      return `Invalid role: ${String(role)}.`;
    if ((content === null || content === undefined) && calls.length === 0) return 'A message has no content.';
    if (role === 'tool') {
      if (!open.includes(answered)) return `messages with role 'tool' must follow one with 'tool_calls'.`;
      open = open.filter((id) => id !== answered);
      continue;
    }
    if (open.length > 0) break;
    open = calls.map(({ id }) => id);
  }
  return open.length === 0
    ? undefined
    : `'tool_calls' must be followed by messages to each: ${open.join(', ')}.`;
}
