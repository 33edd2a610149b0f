import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { HttpAnswer, SsePort } from '../transport';

/** A stream's way into a Node response. */
export class ResponsePort implements SsePort {
  private drained: () => void = () => undefined;

  constructor(
    private readonly res: ServerResponse,
    private readonly headers: Readonly<Record<string, string>>,
    readonly instead: (answer: HttpAnswer) => void,
  ) {}

  onDrain(listener: () => void): void {
    this.drained = listener;
  }

  head(): void {
    this.writeHead({});
    this.res.flushHeaders();
  }

  write(text: string): boolean {
    const goOn = this.res.write(text);
    if (!goOn) this.res.once('drain', this.drained);
    return goOn;
  }

  end(text: string): void {
    // A run that is over within its first turn goes out in one piece, and needs no chunks.
    if (!this.res.headersSent) this.writeHead({ 'content-length': Buffer.byteLength(text) });
    this.res.end(text);
  }

  private writeHead(more: OutgoingHttpHeaders): void {
    // Some other middleware (one for timeouts) may have answered meanwhile; then `close` ends the run.
    if (!this.res.headersSent) this.res.writeHead(200, { ...this.headers, ...more });
  }
}
