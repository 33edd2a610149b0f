import type { HttpAnswer, SsePort } from '../transport';

/** How much may be on its way to a client that does not read: the text to join, and the bytes written. */
export interface Buffering {
  readonly joinLimit?: number;
  readonly bytes: number;
}

export const BUFFERED: Buffering = { bytes: 64 * 1024 };

/** The client takes each event by itself, and the run goes on when it asks for the next. */
export const IN_STEP: Buffering = { joinLimit: 0, bytes: 0 };

/** What a stream of events belongs to. */
interface Reception {
  /** Its signal says that the client has left. */
  readonly request: Request;
  readonly buffering: Buffering;
  /** To be called when the client has left. */
  left(): void;
  /** Makes a response of another answer. */
  instead(answer: HttpAnswer): Response;
}

/**
 * A response whose body is a stream of events.
 *
 * @param start begins to write into the port
 * @returns the response, as soon as it is known whether there is a stream or another answer
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
      // A client that still reads would wait for ever; one that waits for a response gets an empty one.
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
