import type { HttpAnswer, SsePort } from '../transport';

/** How much is buffered for a slow client: characters of joined text, and bytes written. */
export interface Buffering {
  readonly joinLimit?: number;
  readonly bytes: number;
}

export const BUFFERED: Buffering = { bytes: 64 * 1024 };

/** Each event is sent separately, and the run continues when the client reads the next one. */
export const IN_STEP: Buffering = { joinLimit: 0, bytes: 0 };

/** The request of a stream of events, and how its response is made. */
interface Reception {
  /** Its signal aborts when the client disconnects. */
  readonly request: Request;
  readonly buffering: Buffering;
  /** Called when the client has disconnected. */
  left(): void;
  /** Makes the response for another answer. */
  instead(answer: HttpAnswer): Response;
}

/**
 * Makes a response whose body is a stream of events.
 *
 * @param start starts to write to the port
 * @returns the response, once the stream or another answer has begun
 */
export function eventResponse(
  start: (port: SsePort) => void,
  { status, headers }: HttpAnswer,
  reception: Reception,
): Promise<Response> {
  const { signal } = reception.request;
  const { joinLimit, bytes: highWaterMark } = reception.buffering;
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
            reception.left();
          },
        },
        new ByteLengthQueuingStrategy({ highWaterMark }),
      );
      resolve(new Response(body, { status, headers }));
      return controller as unknown as ReadableStreamDefaultController<Uint8Array>;
    };
    const onAbort = (): void => {
      reception.left();
      // Otherwise a reader would wait forever. If there is no response yet, it is one with a failed body.
      respond().error(signal.reason);
    };
    const over = (): void => signal.removeEventListener('abort', onAbort);
    if (signal.aborted) reception.left();
    else signal.addEventListener('abort', onAbort, { once: true });
    start({
      joinLimit,
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
        resolve(reception.instead(answer));
      },
    });
    if (signal.aborted) onAbort();
  });
}
