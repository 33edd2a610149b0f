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

/** Selects a page of a list. The server's page size is 20 by default, and 100 at most. */
export interface PageInput {
  limit?: number | undefined;
  /** Default: `desc`, the newest first. */
  order?: 'asc' | 'desc' | undefined;
  /** The `after` of the previous page. */
  after?: string | undefined;
}

/** An operation's parameters in the protocol. Those with a default are optional. */
export type OperationInput<Op extends Operation> = Op extends 'threads.list'
  ? PageInput
  : Op extends 'items.list'
    ? PageInput & { thread_id: string }
    : OperationParams[Op];

/** The response of each operation that answers with JSON. */
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

/** The response of one operation. */
export type OperationResult<Op extends JsonOperation> = OperationResults[Op];
