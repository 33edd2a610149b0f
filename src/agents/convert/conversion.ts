import type { CurrentWorkflow } from './current-workflow';
import type { Place } from './drafts';
import type { ResponseStreamConverter } from './response-stream-converter';

/** What everything that writes into the answer of one run shares. */
export interface Conversion extends Place {
  readonly hooks: ResponseStreamConverter;
  readonly workflow: CurrentWorkflow;
}
