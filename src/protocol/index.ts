export { shortName } from './actions';
export type { ActionConfig, ActionRequest } from './actions';
export type { Attachment, AttachmentUploadDescriptor, FileAttachment, ImageAttachment } from './attachments';
export { assertEvent, checkEvent } from './check';
export {
  conformAttachment,
  conformAttachmentPatch,
  conformEvent,
  conformItem,
  conformPatch,
} from './conform';
export type {
  ClientEffectEvent,
  ErrorEvent,
  NoticeEvent,
  ProgressUpdateEvent,
  StreamOptions,
  StreamOptionsEvent,
  ThreadCreatedEvent,
  ThreadItemAddedEvent,
  ThreadItemDoneEvent,
  ThreadItemRemovedEvent,
  ThreadItemReplacedEvent,
  ThreadItemUpdate,
  ThreadItemUpdatedEvent,
  ThreadStreamEvent,
  ThreadUpdatedEvent,
} from './events';
export {
  isEventType,
  isHiddenType,
  isItemType,
  isRecord,
  isStorableText,
  isStreamingOperation,
  isVisible,
} from './guards';
export { refusePromises, silentlyChanged } from './not-json';
export { VISIBLE_ITEM_TYPES } from './items';
export type {
  AssistantMessageContent,
  AssistantMessageItem,
  ClientToolCallItem,
  EndOfTurnItem,
  GeneratedImage,
  GeneratedImageItem,
  HiddenContextItem,
  HiddenItem,
  InferenceOptions,
  SdkHiddenContextItem,
  StructuredInput,
  StructuredInputAnswer,
  StructuredInputFreeform,
  StructuredInputItem,
  StructuredInputMultipleChoice,
  TaskItem,
  ThreadItem,
  ThreadItemType,
  UserMessageContent,
  UserMessageItem,
  UserMessageTagContent,
  UserMessageTextContent,
  VisibleItem,
  WidgetItem,
  WorkflowItem,
} from './items';
export { assertWithinLimits, DEFAULT_LIMITS, tooManyValues } from './limits';
export type { Limits, RequestLimits } from './limits';
export { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, OPERATIONS, parseRequest } from './parse';
export { STREAMING_OPERATIONS } from './requests';
export type {
  ChatKitRequest,
  CustomActionParams,
  Operation,
  OperationParams,
  PageParams,
  RequestOf,
  StreamingOperation,
  StructuredInputSubmission,
  UserMessageInput,
} from './requests';
export {
  itemPagePieces,
  pagePieces,
  serialiseAttachment,
  serialiseItem,
  serialiseThread,
  serialiseUpdatedItem,
  serialiseWireItem,
  threadPagePieces,
  threadPieces,
  widgetOnWire,
  writeItem,
} from './serialise';
export { serialiseEvent, writeEvent } from './serialise';
export type { Annotation, EntitySource, FileSource, Source, UrlSource } from './sources';
export { toThreadResponse } from './thread-response';
export { settledWorkflow } from './settled-workflow';
export type { StoredThread } from './thread-response';
export type { Page, Thread, ThreadMetadata, ThreadStatus } from './threads';
export { countIds, isComponent, isPayload, MAX_WIDGET_DEPTH } from './widget-tree';
export type { WidgetComponent, WidgetRoot } from './widgets';
export type {
  CustomSummary,
  CustomTask,
  DurationSummary,
  FileTask,
  ImageTask,
  SearchTask,
  Task,
  ThoughtTask,
  Workflow,
} from './workflows';
export { applyUpdate } from './updates/apply-update';
export { isFarAhead } from './updates/update-message';
