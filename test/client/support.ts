import type { FetchInit, FetchLike } from '../../src/client';

/** What a stubbed server was asked. */
export interface Asked extends FetchInit {
  url: string;
}

/** A `fetch` that answers each request by a function, and remembers what it was asked. */
export function stubFetch(answer: (asked: Asked) => Response): FetchLike & { asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: FetchLike = async (url, init) => {
    asked.push({ url, ...init });
    return answer({ url, ...init });
  };
  return Object.assign(fetch, { asked });
}

/** A stream in these pieces; it breaks off at an error. */
export function streamOf(pieces: readonly (Uint8Array | string | Error)[]): Response {
  const rest = [...pieces];
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = rest.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'r1' },
  });
}

export function frame(...events: unknown[]): string {
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
}

/** What a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not fail.');
}
