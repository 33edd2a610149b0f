import type {
  Attachment,
  Operation,
  OperationParams,
  Page,
  StreamingOperation,
  Thread,
  VisibleItem,
} from '../protocol';

export type { StreamingOperation };

/** The operations that answer with JSON. */
export type JsonOperation = Exclude<Operation, StreamingOperation>;

/** Which part of a list; the server's page size is 20 by default, and 100 at most. */
export interface PageInput {
  limit?: number | undefined;
  /** `desc`, the newest first, by default. */
  order?: 'asc' | 'desc' | undefined;
  /** The `after` of the page before. */
  after?: string | undefined;
}

/** An operation's parameters as they are sent: what has a default may be left out. */
export type OperationInput<Op extends Operation> = Op extends 'threads.list'
  ? PageInput
  : Op extends 'items.list'
    ? PageInput & { thread_id: string }
    : OperationParams[Op];

/** What each operation answers with, where it is JSON. */
export interface OperationResults {
  'threads.sync_custom_action': { updated_item?: VisibleItem };
  'threads.get_by_id': Thread;
  'threads.list': Page<Thread>;
  'threads.update': Thread;
  'threads.delete': Record<string, never>;
  'items.list': Page<VisibleItem>;
  'items.feedback': Record<string, never>;
  'attachments.create': Attachment;
  'attachments.delete': Record<string, never>;
  'input.transcribe': { text: string };
}

/** What an operation answers with. */
export type OperationResult<Op extends JsonOperation> = OperationResults[Op];
