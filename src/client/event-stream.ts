import type { ThreadStreamEvent } from '../protocol';
import { type OpenStream, readEvents } from './read-events';

/**
 * The events of one run. Read them once, with `for await`. The request is sent when the loop begins.
 * Leaving the loop closes the connection; this stops the run, as a Stop button does. Events are read
 * from the network no faster than the loop consumes them.
 *
 * The loop throws a `ChatKitClientError` when the server refuses the request, a `ChatKitStreamError`
 * when the stream ends early or is invalid, and the signal's reason when the call's `signal` is aborted.
 *
 * @example
 * for await (const event of client.threads.create('Hello')) {
 *   state = reduceThread(state, event);
 * }
 */
export class EventStream implements AsyncIterable<ThreadStreamEvent> {
  private begun = false;

  /** @internal */
  constructor(
    private readonly open: OpenStream,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** @throws TypeError on the second call: it would send the request again */
  [Symbol.asyncIterator](): AsyncIterator<ThreadStreamEvent, undefined> {
    if (this.begun) throw new TypeError('An event stream can be read only once; call the operation again.');
    this.begun = true;
    return new EventIterator(this.open, this.signal);
  }

  /** Reads the stream to its end and returns all events. */
  async collect(): Promise<ThreadStreamEvent[]> {
    const events: ThreadStreamEvent[] = [];
    for await (const event of this) events.push(event);
    return events;
  }
}

const DONE = Object.freeze({ done: true, value: undefined });

/** Wraps a generator whose own `return` would wait for a pending network read; this one aborts the read. */
class EventIterator implements AsyncIterator<ThreadStreamEvent, undefined> {
  private readonly controller = new AbortController();
  private readonly events: AsyncGenerator<ThreadStreamEvent, undefined, undefined>;
  private left = false;

  constructor(open: OpenStream, signal: AbortSignal | undefined) {
    this.events = readEvents(open, this.controller, signal);
  }

  async next(): Promise<IteratorResult<ThreadStreamEvent, undefined>> {
    try {
      return await this.events.next();
    } catch (error) {
      if (this.left) return DONE;
      throw error;
    }
  }

  async return(): Promise<IteratorResult<ThreadStreamEvent, undefined>> {
    this.left = true;
    this.controller.abort();
    await this.events.return(undefined);
    return DONE;
  }
}
