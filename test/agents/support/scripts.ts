import { inResponse, type ApiEvent, type Step } from '../golden/stream';

/** The events of a stream that come from the API. */
export function apiEvents(steps: readonly Step[]): ApiEvent[] {
  return steps.flatMap((step) => ('api' in step ? [step.api] : []));
}

/** The answer to one request: a response of these steps. */
export function responding(...steps: (Step | Step[])[]): ApiEvent[] {
  return apiEvents(inResponse(...steps));
}

/** The events of a whole response, without its end. */
export function beginning(...steps: (Step | Step[])[]): ApiEvent[] {
  return responding(...steps).slice(0, -1);
}

/** A chunk of Chat Completions. */
export function chatChunk(delta: object, finish_reason: string | null = null): ApiEvent {
  return {
    type: 'chunk',
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'llama',
    choices: [{ index: 0, delta, finish_reason }],
  };
}

/** Chunks of Chat Completions: a text in pieces, and then tool calls. */
export function chatAnswer(
  pieces: string[],
  calls: { id: string; name: string; arguments?: string }[] = [],
): ApiEvent[] {
  return [
    chatChunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chatChunk({ content })),
    ...calls.map(({ id, name, arguments: input = '{}' }, index) =>
      chatChunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: input } }] }),
    ),
    chatChunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
  ];
}
