export {
  claimAttachment,
  forgetClaims,
  markSent,
  retireAttachment,
  isOneWrite,
  saveWithAttachments,
} from './attachment-claims';
export type {
  AttachmentHttp,
  AttachmentLink,
  LinkPurpose,
  StagedBytes,
  StoredBytes,
} from './attachment-http';
export type { AttachmentCreateInput, AttachmentStore } from './attachment-store';
export { chain, isPromise, onFailure, type Awaitable } from './awaitable';
export { maintenanceScope } from './maintenance-scope';
export { generateId, timeText, threadKey } from './ids';
export type { Clock, GenerateId, IdKind } from './ids';
export { forgetPartialAnswer, keepPartialAnswer, loadPartialAnswer } from './partial-answers';
export type { LimitReached, RateLimiter } from './rate-limiter';
export { areStrongKeys, KeyRing } from './key-ring';
export type { SigningKey } from './key-ring';
export type {
  AttachmentPatch,
  BatchOptions,
  ItemListOptions,
  KeyedValue,
  ListOptions,
  OpenRun,
  OpenRunOptions,
  PutOptions,
  SaveItemOptions,
  Store,
  StoreAdmin,
  StoredItem,
  StoredValue,
  StoreScope,
  ThreadPatch,
} from './store';
export { PAGE_BYTES } from './store';
export type { AcquireOptions, ReleaseLock, ThreadLock } from './thread-lock';
export { inBatches } from './batches';
