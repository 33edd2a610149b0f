import type { HttpAnswer, SsePort } from '../transport';

/**
 * A response whose body is a stream of events.
 *
 * @param start begins to write into the port
 * @param request whose signal says that the client has left
 * @param left to be called when it has
 * @param instead makes a response of another answer
 * @returns the response, as soon as it is known whether there is a stream or another answer
 */
export function eventResponse(
  start: (port: SsePort) => void,
  { status, headers }: HttpAnswer,
  { signal }: Request,
  left: () => void,
  instead: (answer: HttpAnswer) => Response,
): Promise<Response> {
  return new Promise((resolve) => {
    const encoder = new TextEncoder();
    let drained = (): void => undefined;
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const respond = (): ReadableStreamDefaultController<Uint8Array> => {
      if (controller !== undefined) return controller;
      const body = new ReadableStream<Uint8Array>(
        {
          start(opened) {
            controller = opened;
          },
          pull: () => drained(),
          cancel() {
            over();
            left();
          },
        },
        new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
      );
      resolve(new Response(body, { status, headers }));
      return controller as unknown as ReadableStreamDefaultController<Uint8Array>;
    };
    const onAbort = (): void => {
      left();
      // A client that still reads would wait for ever; one that waits for a response gets an empty one.
      respond().error(signal.reason);
    };
    const over = (): void => signal.removeEventListener('abort', onAbort);
    if (signal.aborted) left();
    else signal.addEventListener('abort', onAbort, { once: true });
    start({
      onDrain(listener) {
        drained = listener;
      },
      head: () => void respond(),
      write(text) {
        const target = respond();
        target.enqueue(encoder.encode(text));
        return (target.desiredSize ?? 0) > 0;
      },
      end(text) {
        over();
        const target = respond();
        if (text !== '') target.enqueue(encoder.encode(text));
        target.close();
      },
      instead(answer) {
        over();
        resolve(instead(answer));
      },
    });
    if (signal.aborted) onAbort();
  });
}
