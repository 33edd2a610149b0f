import type { ChatContext } from '../context';
import type { ActionRequest, ThreadMetadata, UserMessageItem, WidgetItem } from '../protocol';

/** What parameter decorators of this package, `@Payload` apart, put into a parameter. */
export type Injected =
  | ChatContext
  | WidgetItem
  | ThreadMetadata
  | ActionRequest
  | UserMessageItem
  | AbortSignal
  | null
  | undefined;
