import type { Context, Span, Tracer } from '@opentelemetry/api';
import type { ObservedFacts, Observation, Telemetry, ObservedWork } from '../context';
import { Instruments } from './instruments';
import { loadApi, type OpenTelemetryApi } from './load-api';
import type { Recording } from './recording';
import { attributesOf, failOn, nameOf, noteOn } from './spans';

/** Options of {@link openTelemetry}. All are off by default. */
export type OpenTelemetryOptions = Partial<Recording>;

/** The name of the instrumentation scope. */
const SCOPE = 'chatkit-controllers';

/**
 * Records spans and metrics of an app, with the providers registered with `@opentelemetry/api`. Start the
 * SDK before the app takes requests. Without an SDK nothing is recorded.
 *
 * @throws DeveloperError `opentelemetry_missing` when `@opentelemetry/api` is not installed
 *
 * @example
 * const app = createChatKit({ controllers, store, owner: 'shared', telemetry: openTelemetry() });
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const { recordPayloads = false, recordOwner = false, recordErrors = false } = options;
  return new OpenTelemetry(loadApi(), { recordPayloads, recordOwner, recordErrors });
}

class OpenTelemetry implements Telemetry {
  private readonly tracer: Tracer;
  private made: Instruments | undefined;

  constructor(
    private readonly api: OpenTelemetryApi,
    private readonly recording: Recording,
  ) {
    this.tracer = api.trace.getTracer(SCOPE);
  }

  begin(work: ObservedWork): Observation {
    const { api, instruments, recording } = this;
    const parent = api.context.active();
    // Store calls outside of requests, such as for the process's lease, are not recorded.
    if (work.kind === 'store' && api.trace.getSpan(parent) === undefined) return NOT_OBSERVED;
    const span = this.tracer.startSpan(nameOf(work), { attributes: attributesOf(work) }, parent);
    instruments.begun(work);
    return new ObservedSpan(work, span, api.trace.setSpan(parent, span), { api, instruments, recording });
  }

  /** Created on first use: a meter obtained before the SDK starts records nothing. */
  private get instruments(): Instruments {
    return (this.made ??= new Instruments(this.api.metrics.getMeter(SCOPE)));
  }
}

interface SpanServices {
  readonly api: OpenTelemetryApi;
  readonly instruments: Instruments;
  readonly recording: Recording;
}

class ObservedSpan implements Observation {
  private readonly begun = performance.now();
  private facts: ObservedFacts = {};

  constructor(
    private readonly work: ObservedWork,
    private readonly span: Span,
    private readonly context: Context,
    private readonly services: SpanServices,
  ) {}

  run<T>(work: () => T): T {
    return this.services.api.context.with(this.context, work);
  }

  note(facts: ObservedFacts): void {
    this.facts = { ...this.facts, ...facts };
    if (this.span.isRecording()) noteOn(this.span, facts, this.services.recording);
  }

  end(failure?: unknown): void {
    const { work, span, facts, begun } = this;
    const { api, instruments, recording } = this.services;
    const seconds = (performance.now() - begun) / 1000;
    // In the span's context, so that metric exemplars refer to the span.
    this.run(() => instruments.ended(work, facts, seconds, failure));
    if (failure !== undefined) failOn(span, failure, recording, api);
    span.end();
  }
}

const NOT_OBSERVED: Observation = Object.freeze({
  run: <T>(work: () => T): T => work(),
  note: () => undefined,
  end: () => undefined,
});
