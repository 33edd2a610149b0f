import type { ChatContext } from '../context';
import type { ActionRequest, ThreadMetadata, UserMessageItem, WidgetItem } from '../protocol';

/** The values that this package's parameter decorators, except `@Payload`, pass to a parameter. */
export type Injected =
  | ChatContext
  | WidgetItem
  | ThreadMetadata
  | ActionRequest
  | UserMessageItem
  | AbortSignal
  | null
  | undefined;
