import type { ThreadStreamEvent } from '../protocol';
import { ChatKitStreamError, type StreamProgress } from './errors';
import type { ByteStream } from './fetch-like';
import { isRecord } from '../protocol/guards';
import { SseParser } from './sse-parser';

/** A response whose events have not been read yet. */
export interface OpenedStream {
  body: ByteStream | null;
  status: number;
  requestId: string | undefined;
}

/** Sends the request; the signal aborts it. */
export type OpenStream = (signal: AbortSignal) => Promise<OpenedStream>;

/**
 * Sends the request, and yields its events as they arrive.
 *
 * @param controller aborted when the loop is left
 * @param outer the caller's signal
 */
export async function* readEvents(
  open: OpenStream,
  controller: AbortController,
  outer: AbortSignal | undefined,
): AsyncGenerator<ThreadStreamEvent, undefined, undefined> {
  const { signal } = controller;
  const unlink = link(outer, controller);
  try {
    signal.throwIfAborted();
    const opened = await open(signal);
    const seen: StreamProgress = { eventCount: 0, lastEvent: undefined, rest: '' };
    for await (const data of readData(opened, seen, signal)) {
      if (data === '') continue; // some proxies send empty events to keep the connection open
      const event = toEvent(data, seen, opened);
      seen.eventCount += 1;
      seen.lastEvent = event;
      yield event;
      signal.throwIfAborted(); // drop events that were received but not yet yielded
    }
  } finally {
    unlink();
  }
  return undefined;
}

/** Yields the data of each event. */
async function* readData(
  { body, ...details }: OpenedStream,
  seen: StreamProgress,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  if (body === null) return;
  const parser = new SseParser();
  const decoder = new TextDecoder(); // drops a byte order mark
  const broken = (reason: string, more: { cause?: unknown } = {}): ChatKitStreamError => {
    const progress = { ...seen, rest: parser.rest };
    const message = `The stream broke off after ${String(seen.eventCount)} event(s): ${reason}.`;
    return new ChatKitStreamError(message, 'stream_broken', progress, { ...details, ...more });
  };

  const reader = body.getReader();
  const cancel = (): void => void reader.cancel(signal.reason).catch(() => undefined);
  // Also stops a custom `fetch` that ignores signals.
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        signal.throwIfAborted();
        throw broken(cause instanceof Error ? cause.message : 'the connection was lost', { cause });
      });
      signal.throwIfAborted();
      if (done) break;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
    yield* parser.push(decoder.decode());
    if (parser.rest !== '') throw broken('it ended within an event');
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

function toEvent(data: string, seen: StreamProgress, { status, requestId }: OpenedStream): ThreadStreamEvent {
  let cause: unknown;
  try {
    const event: unknown = JSON.parse(data);
    // Events of unknown types are passed on: a newer server may send them, and `reduceThread` ignores them.
    if (isRecord(event) && typeof event['type'] === 'string') return event as unknown as ThreadStreamEvent;
  } catch (error) {
    cause = error;
  }
  const details = { status, requestId, cause };
  const message = `Event ${String(seen.eventCount + 1)} of the stream is not a valid event.`;
  throw new ChatKitStreamError(message, 'invalid_event', { ...seen, rest: data }, details);
}

/** Aborts the controller when the outer signal aborts; returns a function that removes the listener. */
function link(outer: AbortSignal | undefined, controller: AbortController): () => void {
  if (outer === undefined) return () => undefined;
  const abort = (): void => controller.abort(outer.reason);
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort);
  return () => outer.removeEventListener('abort', abort);
}
