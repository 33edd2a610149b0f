import type { Observation, RunContext, Telemetry } from '../../context';
import { clientLeft, type EventSink } from '../../pipeline';
import { chain, type Awaitable } from '../../store';
import type { Answer, Call, StreamAnswer, StreamHandle } from '../../operations';
import type { AppParts, Incoming } from '../app-parts';
import { carryOut, ServedApp, type Exchange } from '../served-app';
import { ObservedSink } from './observed-sink';

/** An app whose requests and streams are observed. */
export class ObservedApp<TRequest> extends ServedApp<TRequest> {
  constructor(
    parts: AppParts<TRequest>,
    private readonly telemetry: Telemetry,
  ) {
    super(parts);
  }

  override handle(incoming: Incoming<TRequest>): Exchange {
    const request = new ObservedRequest(incoming.requestId, this.telemetry);
    const exchange = request.run(() => this.exchange(incoming, (call) => request.carryOut(call)));
    return {
      answer: request.follow(exchange.answer),
      disconnected: () => {
        request.disconnected();
        exchange.disconnected();
      },
    };
  }
}

/** Observes one request until it is answered and its stream has ended. */
class ObservedRequest {
  private readonly observation: Observation;
  private sink: ObservedSink | undefined;
  private hasLeft = false;
  private isOver = false;

  constructor(
    requestId: string,
    private readonly telemetry: Telemetry,
  ) {
    this.observation = telemetry.begin({ kind: 'request', requestId });
  }

  run<T>(work: () => T): T {
    return this.observation.run(work);
  }

  carryOut(call: Call): Awaitable<Answer> {
    const { ctx, request } = call;
    this.observation.note({ operation: request.type, owner: ctx.owner, params: request.params });
    return chain(carryOut(call), (answer) =>
      answer.kind === 'stream' ? this.observed(answer, ctx) : answer,
    );
  }

  disconnected(): void {
    this.hasLeft = true;
    this.sink?.disconnected();
  }

  /** Ends the observation with the answer, unless that is a stream. */
  async follow(answering: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await answering;
      if (answer.kind !== 'stream') this.end();
      return answer;
    } catch (error) {
      this.end(this.hasLeft ? clientLeft() : error);
      throw error;
    }
  }

  private observed(stream: StreamAnswer, ctx: RunContext): StreamAnswer {
    return {
      kind: 'stream',
      start: (sink) => this.run(() => this.start(stream, ctx, sink)),
      abandon: () => {
        stream.abandon();
        this.end(clientLeft());
      },
    };
  }

  private start(stream: StreamAnswer, ctx: RunContext, into: EventSink): StreamHandle {
    const streaming = this.telemetry.begin({ kind: 'stream' });
    streaming.note({ threadId: ctx.threadId });
    this.observation.note({ threadId: ctx.threadId });
    const sink = new ObservedSink(into, ctx, streaming, (failure) => this.end(failure));
    this.sink = sink;
    if (this.hasLeft) sink.disconnected();
    try {
      return stream.start(sink);
    } catch (error) {
      streaming.end(error);
      this.end(error);
      throw error;
    }
  }

  private end(failure?: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.observation.end(failure);
  }
}
