import type { FetchLike } from '../../src/client';

/** A `fetch` whose bytes are looked at as they come, whatever the client makes of them. */
export function lookingFetch(look: (text: string) => void): FetchLike {
  return async (input, init) => {
    const response = await fetch(input, init);
    return new Response(response.body?.pipeThrough(looking(look)) ?? null, response);
  };
}

function looking(look: (text: string) => void): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  return new TransformStream({
    transform: (chunk, controller) => {
      rest = rest.slice(-100) + decoder.decode(chunk, { stream: true });
      look(rest);
      controller.enqueue(chunk);
    },
  });
}
