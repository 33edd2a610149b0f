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
  private count = 0;

  forget(responseId: string): void {
    this.known.delete(responseId);
  }

  /** Why the API would refuse a request, where it would. */
  refuse({ input = [], previous_response_id: previous }: ApiRequest): string | undefined {
    const before = previous === undefined ? [] : this.known.get(previous);
    if (before === undefined) return `Previous response with id '${String(previous)}' not found.`;
    return refusalOf([...before, ...input]);
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
    { input = [], previous_response_id: previous }: ApiRequest,
    output: ApiItem[],
  ): void {
    const before = previous === undefined ? [] : (this.known.get(previous) ?? []);
    this.known.set(id, [...before, ...input, ...output]);
  }
}

/** What the API finds wrong with all that a model is to read. */
export function refusalOf(items: readonly ApiItem[]): string | undefined {
  const outputs = items.filter(({ type }) => type === 'function_call_output');
  const calls = items.filter(({ type }) => type === 'function_call');
  const unanswered = calls.find(({ call_id }) => !outputs.some((output) => output.call_id === call_id));
  if (unanswered !== undefined) return `No tool output found for function call ${unanswered.call_id!}.`;
  const uncalled = outputs.find(({ call_id }) => !calls.some((call) => call.call_id === call_id));
  if (uncalled !== undefined) {
    return `No tool call found for function call output with call_id ${uncalled.call_id!}.`;
  }
  for (const [index, item] of items.entries()) {
    const next = items[index + 1]?.type;
    if (item.type === 'reasoning' && (next === undefined || next === 'function_call_output')) {
      return `Item '${String(item.id)}' of type 'reasoning' was provided without its required following item.`;
    }
    if (next !== undefined && item.type === undefined && item['role'] === undefined) return 'Invalid input.';
  }
  return undefined;
}
