import type { CurrentWorkflow } from './current-workflow';
import type { Place } from './drafts';
import type { OutputKind } from './output-writer';
import type { ResponseStreamConverter } from './response-stream-converter';
import type { ToolActivities } from './tool-activities';

/** What everything that writes into the answer of one run shares. */
export interface Conversion extends Place {
  readonly hooks: ResponseStreamConverter;
  readonly workflow: CurrentWorkflow;
  /** The kinds of output that are not shown. */
  readonly hidden: ReadonlySet<OutputKind>;
  /** Where tools at work are to be shown. */
  readonly activities?: ToolActivities | undefined;
}
