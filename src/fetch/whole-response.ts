import { LINGER_MS } from '../transport';

/** A generator that reads a request's body, and may not have finished. */
type BodyReader = AsyncGenerator<Uint8Array>;

/**
 * Makes a response with a known text. The text is sent at once; the response ends when the rest of the
 * request's body has been read and dropped, at most {@link LINGER_MS} later. Most hosts close the connection
 * at the end of the response, and a client that is still sending would never read the answer.
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
      rest = body.getReader(); // throws if another reader has locked the body
      while (!(await rest.read()).done);
    };
    void drop()
      .catch(() => undefined) // the body was interrupted
      .then(() => {
        clearTimeout(timer);
        resolve();
      });
  });
}
