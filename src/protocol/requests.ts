import type { ActionRequest } from './actions';
import type { InferenceOptions, UserMessageContent } from './items';

/** The message that the composer sends. `attachments` are ids. */
export interface UserMessageInput {
  content: UserMessageContent[];
  attachments: string[];
  quoted_text?: string | undefined;
  inference_options: InferenceOptions;
}

/** The user's answers to a structured input, by the `id` of each question. */
export interface StructuredInputSubmission {
  status: 'answered' | 'skipped';
  answers: Record<string, { values: string[]; skipped: boolean }>;
}

export interface PageParams {
  limit?: number | undefined;
  order: 'asc' | 'desc';
  after?: string | undefined;
}

export interface CustomActionParams {
  thread_id: string;
  item_id?: string | undefined;
  action: ActionRequest;
}

/** Every operation with its parameters after parsing, with defaults filled in. */
export interface OperationParams {
  'threads.create': { input: UserMessageInput };
  'threads.add_user_message': { thread_id: string; input: UserMessageInput };
  'threads.add_client_tool_output': { thread_id: string; result: unknown };
  'threads.add_structured_input': { thread_id: string; item_id: string; input: StructuredInputSubmission };
  'threads.retry_after_item': { thread_id: string; item_id: string };
  'threads.custom_action': CustomActionParams;
  'threads.sync_custom_action': CustomActionParams;
  'threads.get_by_id': { thread_id: string };
  'threads.list': PageParams;
  'threads.update': { thread_id: string; title: string };
  'threads.delete': { thread_id: string };
  'items.list': PageParams & { thread_id: string };
  'items.feedback': { thread_id: string; item_ids: string[]; kind: 'positive' | 'negative' };
  'attachments.create': { name: string; size: number; mime_type: string };
  'attachments.delete': { attachment_id: string };
  'input.transcribe': { audio_base64: string; mime_type: string };
}

/** The `type` of a request. */
export type Operation = keyof OperationParams;

/** A request after parsing. */
export type ChatKitRequest = {
  [Op in Operation]: { type: Op; params: OperationParams[Op]; metadata: Record<string, unknown> };
}[Operation];

export type RequestOf<Op extends Operation> = Extract<ChatKitRequest, { type: Op }>;

/** The operations that answer with an event stream; all others answer with JSON. */
export const STREAMING_OPERATIONS = Object.freeze([
  'threads.create',
  'threads.add_user_message',
  'threads.add_client_tool_output',
  'threads.add_structured_input',
  'threads.retry_after_item',
  'threads.custom_action',
] as const satisfies readonly Operation[]);

/** An operation that answers with an event stream. */
export type StreamingOperation = (typeof STREAMING_OPERATIONS)[number];
