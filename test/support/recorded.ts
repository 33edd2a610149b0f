import { context, metrics, trace, type Attributes } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { until } from './wait';

/** One series of a metric: its attributes, and what was counted or how often it was recorded. */
export interface Series {
  attributes: Attributes;
  value: number;
}

const spans = new InMemorySpanExporter();
const measured = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 3_600_000 });

/** Registers providers that keep what they are given; to be called once in a file of tests. */
export function record(): void {
  const meters = new MeterProvider({ readers: [reader] });
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
    );
    metrics.setGlobalMeterProvider(meters);
  });
  beforeEach(async () => {
    await measurements();
    spans.reset();
  });
  afterAll(() => meters.shutdown());
}

export const ended = (): readonly ReadableSpan[] => spans.getFinishedSpans();

/** The span of this name; the last one, where there are several. Waits until it has ended. */
export async function spanNamed(name: string): Promise<ReadableSpan> {
  const find = (): ReadableSpan | undefined => ended().findLast((span) => span.name === name);
  await until(
    find,
    `the span "${name}" among ${ended()
      .map((span) => span.name)
      .join(', ')}`,
  );
  return find()!;
}

/** The name of a span's parent; `undefined` where it has none that has ended. */
export function parentOf(span: ReadableSpan): string | undefined {
  return ended().find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId)?.name;
}

/** All spans below one, as lines that are indented by their depth, sorted: clocks are too coarse for an order. */
export function treeBelow(root: ReadableSpan, depth = 0): string[] {
  const id = root.spanContext().spanId;
  const children = ended()
    .filter((span) => span.parentSpanContext?.spanId === id)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [`${'  '.repeat(depth)}${root.name}`, ...children.flatMap((child) => treeBelow(child, depth + 1))];
}

/** What was measured since this was last called, by the name of the metric. */
export async function measurements(): Promise<Record<string, { unit: string; series: Series[] }>> {
  measured.reset();
  await reader.forceFlush();
  const all = measured
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return Object.fromEntries(
    all.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      {
        unit: descriptor.unit,
        series: dataPoints.map(({ attributes, value }) => ({
          attributes,
          value: typeof value === 'number' ? value : value.count,
        })),
      },
    ]),
  );
}
