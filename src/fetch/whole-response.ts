import { LINGER_MS } from '../transport';

/** A generator that reads a request's body, and may have been left in the middle of it. */
type BodyReader = AsyncGenerator<Uint8Array>;

/**
 * A response whose text is known. Its text leaves at once; it ends when the rest of the request's body
 * has been read and dropped, or the time for that is up. Most hosts close the connection at the end of
 * a response to a client that is still sending, and such a client never reads why it was refused.
 */
export function wholeResponse(
  request: Request,
  text: string | null,
  init: { status: number; headers: Record<string, string> },
  reader?: BodyReader,
): Response {
  const { body } = request;
  if (text === null || body === null) return new Response(text, init);
  const bytes = new TextEncoder().encode(text);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes),
    async pull(controller) {
      await dropRest(body, reader);
      controller.close();
    },
  });
  const headers = { ...init.headers, 'content-length': String(bytes.length) };
  return new Response(stream, { status: init.status, headers });
}

/** Never rejects. */
function dropRest(body: ReadableStream<Uint8Array>, reader: BodyReader | undefined): Promise<void> {
  return new Promise((resolve) => {
    let rest: ReadableStreamDefaultReader<Uint8Array> | undefined;
    const timer = setTimeout(() => {
      resolve();
      rest?.cancel().catch(() => undefined);
    }, LINGER_MS).unref();
    const drop = async (): Promise<void> => {
      await reader?.return(undefined);
      rest = body.getReader(); // throws when another reader has it
      while (!(await rest.read()).done);
    };
    void drop()
      .catch(() => undefined) // it broke off
      .then(() => {
        clearTimeout(timer);
        resolve();
      });
  });
}
