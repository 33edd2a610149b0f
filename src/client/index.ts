// The client's public exports; each is documented where it is defined.
export type { AttachmentInput, AttachmentsApi } from './attachments-api';
export { createClient } from './create-client';
export type { ChatKitClient } from './create-client';
export { ChatKitClientError, ChatKitStreamError } from './errors';
export type { StreamProgress } from './errors';
export type { EventStream } from './event-stream';
export type { ByteReader, ByteStream, FetchInit, FetchLike, FetchResponse } from './fetch-like';
export type { ItemsApi } from './items-api';
export type { MessageInput, MessageParts } from './message-input';
export type {
  JsonOperation,
  OperationInput,
  OperationResult,
  OperationResults,
  PageInput,
  StreamingOperation,
} from './operations';
export type { CallOptions, ChatKitClientOptions, HeadersOption } from './options';
export { paginate } from './paginate';
export type { RecordedBlob, Recording } from './recording';
export { reduceThread } from './reduce-thread';
export { completeToolCall, dropItemsAfter } from './changes-without-events';
export { SseParser } from './sse-parser';
export { createThreadState, endStream } from './thread-state';
export type { ThreadState } from './thread-state';
export type { ActionCallOptions, ActionInput, ThreadsApi } from './threads-api';
export type { Issue } from '../errors';
export type * from '../protocol/public';
