import type { WidgetRoot } from '../../protocol';
import type { RunEvent } from '../sdk/run-event';

/**
 * Yields states of a `Text` or `Markdown` component for `streamWidget`: its value is the text that the run's
 * model has written so far. The last state has `streaming: false`.
 *
 * @example
 * const run = await runner.run(writer, 'A poem', { stream: true });
 * await agentContext(toolRun).streamWidget(accumulateText(run, { type: 'Markdown', id: 'poem', value: '' }));
 */
export async function* accumulateText<W extends WidgetRoot>(
  events: AsyncIterable<RunEvent>,
  base: W,
): AsyncGenerator<W, void> {
  let value = '';
  yield base;
  for await (const event of events) {
    if (event.type !== 'raw_model_stream_event' || event.data.type !== 'output_text_delta') continue;
    if (typeof event.data.delta !== 'string' || event.data.delta === '') continue;
    value += event.data.delta;
    yield { ...base, value };
  }
  yield { ...base, value, streaming: false };
}
