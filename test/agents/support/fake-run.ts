import { setImmediate } from 'node:timers/promises';
import type { RunEvent, StreamedRun } from '../../../src/agents';
import type { ApiEvent, Step } from '../golden/stream';
import { apiEvents } from './scripts';

/** An event of the API, as a run hands it on. */
export const raw = (event: ApiEvent): RunEvent => ({
  type: 'raw_model_stream_event',
  data: { type: 'model', event },
  source: 'openai-responses',
});

/** A run of these events. */
export function runOf(...steps: Step[]): StreamedRun {
  return {
    async *[Symbol.asyncIterator]() {
      for (const event of apiEvents(steps)) {
        yield raw(event);
        await setImmediate();
      }
    },
  };
}
