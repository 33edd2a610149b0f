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

/**
 * | state     | what has left                                        | until                | then     |
 * | --------- | ---------------------------------------------------- | -------------------- | -------- |
 * | `waiting` | nothing: an error may still be answered over HTTP    | `open`, first flush  | `open`   |
 * | `open`    | the headers, and all but the text of this turn       | `end` with text left | `ending` |
 * | `ending`  | perhaps nothing, for the rest leaves in one piece    | the flush            | `closed` |
 * | `closed`  | all that will                                        |                      |          |
 *
 * `end` without text that waits, `fail` and `abandoned` close it from any state.
 */
type State = 'waiting' | 'open' | 'ending' | 'closed';

/** Frames events, and joins those of one turn of the event loop into one write. */
export class SseSink implements EventSink {
  readonly gate = new Gate();
  private state: State = 'waiting';
  private text = '';
  // What these tell holds in any state: a flush is scheduled once, a socket drains when it can, and what
  // was opened beats until it is closed.
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
    this.heartbeat.add(this); // from now on it may idle
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
    // With the last write, so that the answers of one turn leave together: each write that finds the
    // client's side asleep pays for waking it.
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

  /** The client has left. A run that goes on is not held up by it. */
  abandoned(): void {
    if (this.state === 'closed') return;
    this.close();
    this.text = '';
    this.drained();
  }

  /** Keeps an idle stream open through proxies. */
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
