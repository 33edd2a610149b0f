import { Gate, type EventSink } from '../pipeline';
import type { Heartbeat } from './heartbeat';
import type { HttpAnswer, SsePort } from './http-answer';

export const SSE_HEADERS = Object.freeze({
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no', // or nginx would hold events back
});

/** Text that waits longer than this many characters is written at once. */
const JOIN_LIMIT = 16 * 1024;

/** Frames events, and joins those of one turn of the event loop into one write. */
export class SseSink implements EventSink {
  readonly gate = new Gate();
  private text = '';
  private headSent = false;
  private flushScheduled = false;
  private draining = false;
  private ended = false;
  private wroteSinceBeat = false;
  closed = false;

  constructor(
    private readonly port: SsePort,
    private readonly heartbeat: Heartbeat,
    private readonly refuse: (error: unknown) => HttpAnswer,
  ) {
    const drained = (): void => this.drained();
    port.onDrain(drained);
  }

  get started(): boolean {
    return this.headSent || this.text !== '';
  }

  open(): void {
    if (this.closed || this.headSent) return;
    this.headSent = true;
    this.heartbeat.add(this); // from now on it may idle
    this.port.head();
  }

  write(event: string): void {
    if (this.closed || this.ended) return;
    this.text += `data: ${event}\n\n`;
    if (this.text.length > JOIN_LIMIT) this.flush();
    else if (!this.flushScheduled) {
      this.flushScheduled = true;
      setImmediate(this.flush);
    }
  }

  end(): void {
    if (this.closed || this.ended) return;
    // With the last write, so that the answers of one turn leave together: each write that finds the
    // client's side asleep pays for waking it.
    if (this.flushScheduled) this.ended = true;
    else this.finish();
  }

  private finish(): void {
    this.closed = true;
    this.heartbeat.remove(this);
    this.port.end(this.text);
    this.text = '';
  }

  fail(error: unknown): void {
    if (this.closed) return;
    this.closed = true;
    this.heartbeat.remove(this);
    this.port.instead(this.refuse(error));
  }

  private drained(): void {
    if (!this.draining) return;
    this.draining = false;
    this.gate.release();
  }

  /** The client has left. A run that goes on is not held up by it. */
  abandoned(): void {
    if (this.closed) return;
    this.closed = true;
    this.text = '';
    this.heartbeat.remove(this);
    this.drained();
  }

  /** Keeps an idle stream open through proxies. */
  beat(): void {
    if (!this.wroteSinceBeat && !this.draining && !this.closed && this.headSent) this.send(': \n\n');
    this.wroteSinceBeat = false;
  }

  private readonly flush = (): void => {
    this.flushScheduled = false;
    if (this.closed) return;
    if (this.ended) {
      this.finish();
      return;
    }
    if (this.text === '') return;
    const { text } = this;
    this.text = '';
    this.open();
    this.send(text);
  };

  private send(text: string): void {
    this.wroteSinceBeat = true;
    if (this.port.write(text) || this.draining) return;
    this.draining = true;
    this.gate.hold();
  }
}
