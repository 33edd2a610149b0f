import type { ServerResponse } from 'node:http';
import { SSE_HEADERS, type SsePort } from '../transport';

/** A stream's way into a Node response. */
export class ResponsePort implements SsePort {
  constructor(
    private readonly res: ServerResponse,
    private readonly headers: Record<string, string>,
    readonly fail: (error: unknown) => void,
  ) {}

  head(): void {
    this.writeHead();
    this.res.flushHeaders();
  }

  write(text: string): boolean {
    return this.res.write(text);
  }

  end(text: string): void {
    this.writeHead();
    this.res.end(text);
  }

  private writeHead(): void {
    // Some other middleware (one for timeouts) may have answered meanwhile; then `close` ends the run.
    if (!this.res.headersSent) this.res.writeHead(200, { ...SSE_HEADERS, ...this.headers });
  }
}
