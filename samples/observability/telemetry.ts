import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  ConsoleMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** Prints a line for each span that ends. */
const printer: SpanProcessor = {
  onStart: () => undefined,
  onEnd({ name, attributes }) {
    const known = Object.entries(attributes).map(([key, value]) => `${key}=${String(value)}`);
    console.log(['span', name, known.join(' ')].join('  ').trimEnd());
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** Sets OpenTelemetry up; to be called before the app takes requests. */
export function startTelemetry(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [printer] }));
  const exporter = new ConsoleMetricExporter();
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 10_000 });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
}
