import type { Observation, RunContext } from '../../context';
import { ChatError } from '../../errors';
import type { EventSink } from '../../pipeline';
import type { ErrorEvent } from '../../protocol';

/** The bytes that server-sent events add to the JSON of each event: `data: `, and two line feeds. */
const FRAME_BYTES = 8;

/** The start of an error event's JSON: the serialiser writes the type first. */
const ERROR_EVENT = '{"type":"error"';

/** A sink that counts events and bytes for the client, and records how the stream ended. */
export class ObservedSink implements EventSink {
  private events = 0;
  private bytes = 0;
  private failure: unknown;
  private isGone = false;
  private isOver = false;

  /** @param whenOver called once; gets the error if the stream failed */
  constructor(
    private readonly sink: EventSink,
    private readonly ctx: RunContext,
    private readonly observation: Observation,
    private readonly whenOver: (failure?: unknown) => void,
  ) {}

  get gate(): EventSink['gate'] {
    return this.sink.gate;
  }

  get started(): boolean {
    return this.sink.started;
  }

  get closed(): boolean {
    return this.sink.closed;
  }

  open(): void {
    this.sink.open();
  }

  write(text: string): void {
    if (!this.sink.closed) {
      this.events += 1;
      this.bytes += Buffer.byteLength(text) + FRAME_BYTES;
      if (text.startsWith(ERROR_EVENT)) this.failure ??= this.ctx.root.failure ?? errorIn(text);
    }
    this.sink.write(text);
  }

  end(): void {
    this.sink.end();
    this.over();
  }

  fail(error: unknown): void {
    this.failure ??= error;
    this.sink.fail(error);
    this.over();
  }

  /** Must be called when the client closes the connection; has no effect after the stream has ended. */
  disconnected(): void {
    this.isGone = true;
  }

  private over(): void {
    if (this.isOver) return;
    this.isOver = true;
    const { events, bytes, ctx, isGone } = this;
    const failure = isGone ? undefined : this.failure;
    const ending = isGone
      ? 'client_gone'
      : ctx.isCancelled
        ? 'cancelled'
        : failure === undefined
          ? 'done'
          : 'error';
    this.observation.note({ events, bytes, ending });
    this.observation.end(failure);
    this.whenOver(failure);
  }
}

/** The error for an error event that a handler yielded; only its code is known. */
function errorIn(text: string): ChatError {
  const { code } = JSON.parse(text) as ErrorEvent;
  return new ChatError('The stream ended with an error event.', 500, code);
}
