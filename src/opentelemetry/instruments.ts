import type { Attributes, Counter, Histogram, Meter, UpDownCounter } from '@opentelemetry/api';
import type { ObservedFacts, ObservedWork } from '../context';
import { errorType } from './error-type';

/** The buckets of the semantic conventions for request durations, in seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Streams of agents take longer. */
const LONG_SECONDS = [...SECONDS, 30, 60, 120, 300];

/**
 * The metrics. Names that clients choose, such as those of actions and threads, are in no attribute: there
 * may be unlimited many of them.
 */
export class Instruments {
  private readonly requests: Histogram;
  private readonly locks: Histogram;
  private readonly streams: UpDownCounter;
  private readonly events: Counter;
  private readonly bytes: Counter;
  private readonly errors: Counter;

  constructor(meter: Meter) {
    this.requests = meter.createHistogram('chatkit.request.duration', {
      unit: 's',
      description: 'How long requests take, with their streams.',
      advice: { explicitBucketBoundaries: LONG_SECONDS },
    });
    this.locks = meter.createHistogram('chatkit.lock.wait_time', {
      unit: 's',
      description: 'How long requests wait for the lock of their thread.',
      advice: { explicitBucketBoundaries: LONG_SECONDS },
    });
    this.streams = meter.createUpDownCounter('chatkit.stream.active', {
      unit: '{stream}',
      description: 'Streams that have begun and not ended.',
    });
    this.events = meter.createCounter('chatkit.stream.events', {
      unit: '{event}',
      description: 'Events sent to clients.',
    });
    this.bytes = meter.createCounter('chatkit.stream.io', {
      unit: 'By',
      description: 'Bytes of the events sent to clients.',
    });
    this.errors = meter.createCounter('chatkit.handler.errors', {
      unit: '{error}',
      description: 'Errors that handlers, their guards or the validation of their payloads threw.',
    });
  }

  begun({ kind }: ObservedWork): void {
    if (kind === 'stream') this.streams.add(1);
  }

  /** @param seconds how long the work took */
  ended(work: ObservedWork, facts: ObservedFacts, seconds: number, failure: unknown): void {
    const failed: Attributes = failure === undefined ? {} : { 'error.type': errorType(failure) };
    switch (work.kind) {
      case 'request':
        this.requests.record(seconds, { 'chatkit.operation': facts.operation, ...failed });
        return;
      case 'lock':
        // A first try that finds the lock taken does not wait; the wait is recorded by the next one.
        if (work.waitMs > 0 || facts.acquired === true) {
          this.locks.record(seconds, { 'chatkit.lock.acquired': facts.acquired, ...failed });
        }
        return;
      case 'stream':
        this.streams.add(-1);
        this.events.add(facts.events ?? 0, { 'chatkit.stream.ending': facts.ending });
        this.bytes.add(facts.bytes ?? 0, { 'chatkit.stream.ending': facts.ending });
        return;
      case 'handler':
        if (failure !== undefined) this.errors.add(1, { 'code.function.name': work.where, ...failed });
        return;
      case 'guards':
      case 'validation':
      case 'store':
      case 'agent':
    }
  }
}
