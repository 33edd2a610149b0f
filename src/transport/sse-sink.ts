import { Gate, type EventSink } from '../pipeline';
import type { Heartbeat } from './heartbeat';
import type { HttpAnswer, SsePort } from './http-answer';

export const SSE_HEADERS = Object.freeze({
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no', // otherwise nginx buffers events
});

/** Waiting text longer than this many characters is written at once. */
const JOIN_LIMIT = 16 * 1024;

/**
 * | state     | what has been sent                                   | until                  | then     |
 * | --------- | ---------------------------------------------------- | ---------------------- | -------- |
 * | `waiting` | nothing: an error can still be answered over HTTP    | `open`, first flush    | `open`   |
 * | `open`    | the headers, and all text except that of this turn   | `end` with unsent text | `ending` |
 * | `ending`  | possibly nothing: the rest is sent in one write      | the flush              | `closed` |
 * | `closed`  | everything                                           |                        |          |
 *
 * `end` without unsent text, `fail` and `abandoned` close it from any state.
 */
type State = 'waiting' | 'open' | 'ending' | 'closed';

/** Formats events as SSE, and joins those of one turn of the event loop into one write. */
export class SseSink implements EventSink {
  readonly gate = new Gate();
  private state: State = 'waiting';
  private text = '';
  // These flags are independent of the state: a flush is scheduled once, the socket drains at any time,
  // and heartbeats go on from `open` until the stream is closed.
  private flushScheduled = false;
  private draining = false;
  private beating = false;
  private wroteSinceBeat = false;

  constructor(
    private readonly port: SsePort,
    private readonly heartbeat: Heartbeat,
    private readonly refuse: (error: unknown) => HttpAnswer,
  ) {
    const drained = (): void => this.drained();
    port.onDrain(drained);
  }

  get started(): boolean {
    return this.state !== 'waiting' || this.text !== '';
  }

  get closed(): boolean {
    return this.state === 'closed';
  }

  open(): void {
    if (this.state !== 'waiting') return;
    this.state = 'open';
    this.beating = true;
    this.heartbeat.add(this); // from now on the stream may be idle
    this.port.head();
  }

  write(event: string): void {
    if (this.state === 'ending' || this.state === 'closed') return;
    this.text += `data: ${event}\n\n`;
    if (this.text.length > (this.port.joinLimit ?? JOIN_LIMIT)) this.flush();
    else if (!this.flushScheduled) {
      this.flushScheduled = true;
      setImmediate(this.flush);
    }
  }

  end(): void {
    if (this.state === 'ending' || this.state === 'closed') return;
    // End together with the last write: every write to an idle socket has a cost.
    if (this.flushScheduled) this.state = 'ending';
    else this.finish();
  }

  private finish(): void {
    this.close();
    this.port.end(this.text);
    this.text = '';
  }

  private close(): void {
    this.state = 'closed';
    if (this.beating) this.heartbeat.remove(this);
  }

  fail(error: unknown): void {
    if (this.state === 'closed') return;
    this.close();
    this.port.instead(this.refuse(error));
  }

  private drained(): void {
    if (!this.draining) return;
    this.draining = false;
    this.gate.release();
  }

  /** Called when the client has disconnected. Opens the gate, so that a run that continues is not blocked. */
  abandoned(): void {
    if (this.state === 'closed') return;
    this.close();
    this.text = '';
    this.drained();
  }

  /** Sends a comment if the stream is idle, so that proxies keep it open. */
  beat(): void {
    if (this.state === 'open' && !this.wroteSinceBeat && !this.draining) this.send(': \n\n');
    this.wroteSinceBeat = false;
  }

  private readonly flush = (): void => {
    this.flushScheduled = false;
    if (this.state === 'ending') this.finish();
    if (this.state === 'closed' || this.text === '') return;
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
