import type { CurrentWorkflow } from './current-workflow';
import type { Place } from './drafts';
import type { OutputKind } from './output-writer';
import type { ResponseStreamConverter } from './response-stream-converter';
import type { ToolActivities } from './tool-activities';

/** What all writers of one run's answer share. */
export interface Conversion extends Place {
  readonly hooks: ResponseStreamConverter;
  readonly workflow: CurrentWorkflow;
  /** The kinds of output that are not shown. */
  readonly hidden: ReadonlySet<OutputKind>;
  /** Shows running tools; `undefined` if they are not shown. */
  readonly activities?: ToolActivities | undefined;
}
