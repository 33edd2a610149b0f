// The public face: what it exports is documented where it is defined.
export { createChatKit, OutsideChat, OutsideThread } from './app';
export type { ChatKitApp, ChatKitOptions, CorsOptions, NeededContext, ThreadOptions } from './app';
export { consoleLogger, EXPAND, ScopedStore } from './context';
export type {
  ChatContext,
  Composite,
  CompositeContext,
  EventDraft,
  HandlerEvent,
  HandlerResult,
  HandlerYield,
  ItemDraft,
  Logger,
  Register,
  Replacement,
  RequestContext,
  RespondOptions,
  Subscribable,
  SyncResult,
  WidgetChange,
} from './context';
export {
  Action,
  ChatController,
  Context,
  createParamDecorator,
  FormBoolean,
  FormDate,
  FormList,
  FormNumber,
  FormText,
  OnAction,
  OnFeedback,
  OnMessage,
  OnStreamCancelled,
  OnTranscribe,
  Payload,
  Sender,
  Signal,
  StreamOptions,
  Thread,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UserMessage,
} from './decorators';
export type { OnActionOptions, OnMessageOptions } from './decorators';
export {
  BadRequestError,
  StartupError,
  ChatError,
  ConflictError,
  CustomStreamError,
  DeveloperError,
  ForbiddenError,
  InvalidPayloadError,
  NotFoundError,
  PayloadTooLargeError,
  StreamError,
  UnauthorizedError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from './errors';
export type { StartupProblem, ChatErrorOptions, DeveloperErrorOptions, Issue } from './errors';
export {
  added,
  assistantMessage,
  assistantMessageStream,
  clientEffect,
  clientToolCall,
  done,
  endOfTurn,
  error,
  hiddenContext,
  image,
  notice,
  progress,
  remove,
  replace,
  respond,
  streamWidget,
  streamWorkflow,
  structuredInput,
  task,
  updated,
  widget,
  workflow,
} from './events';
export type { AssistantMessageOptions, StreamWidgetOptions, WidgetOptions, WorkflowOptions } from './events';
export { assistantMessageFilter, errorEventFilter } from './execution';
export type {
  Class,
  Container,
  ContainerFunction,
  Filter,
  FilterFunction,
  FilterLike,
  GetContainer,
  Guard,
  GuardFunction,
  GuardLike,
  InjectableClass,
  Interceptor,
  InterceptorFunction,
  InterceptorLike,
  PayloadType,
  ResolveContainer,
} from './metadata';
export type { AudioInput, FeedbackInput } from './operations';
export { isHiddenType, isThreadItem, isThreadStreamEvent, STREAMING_OPERATIONS } from './protocol';
export type { StreamOptions as StreamOptionsValue, Thread as ThreadResponse } from './protocol';
export type * from './protocol/public'; // `Thread` and `StreamOptions` are the decorators here
export type { CheckedAction, CheckReport, UnusedPattern, WidgetExample } from './checks';
export type { JsonSchema, RouteInfo } from './registry';
export { generateId, PAGE_BYTES } from './store';
export type {
  AttachmentPatch,
  AcquireOptions,
  AttachmentCreateInput,
  AttachmentHttp,
  AttachmentLink,
  AttachmentStore,
  Awaitable,
  BatchOptions,
  GenerateId,
  IdKind,
  ItemListOptions,
  LinkPurpose,
  ListOptions,
  OpenRun,
  PutOptions,
  ReleaseLock,
  SaveItemOptions,
  SigningKey,
  StagedBytes,
  Store,
  StoreAdmin,
  StoredBytes,
  StoredItem,
  StoredValue,
  StoreScope,
  ThreadLock,
  ThreadPatch,
} from './store';
export { InProcessThreadLock, MemoryStore } from './stores';
export { action, ActionDefinitionError, defineAction, diffWidget } from './widgets';
export type {
  ActionDefinition,
  ActionDefinitionProblem,
  ActionDefinitionOptions,
  AnyActionDefinition,
  DefineActionOptions,
  FieldsOf,
  FormPayload,
  SigningOptions,
  WidgetSample,
  WidgetSource,
} from './widgets';
