import type { VisibleItem } from './items';

/** One page of a list. `after` is the cursor of the next page, set when `has_more` is true. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  after?: string | undefined;
}

/**
 * Whether the user may write to the thread. A `locked` or `closed` thread takes no messages. The client shows
 * `reason`.
 */
export type ThreadStatus = { type: 'active' } | { type: 'locked' | 'closed'; reason?: string | undefined };

/** A thread as stored, without its items. */
export interface ThreadMetadata {
  id: string;
  title?: string | undefined;
  /** ISO 8601 in UTC, ending in `Z`. */
  created_at: string;
  status: ThreadStatus;
  allowed_image_domains?: string[] | undefined;
  /** The app's own data. It is stored and never sent to the client. */
  metadata: Record<string, unknown>;
}

/** A thread as the client receives it: `metadata` is always empty, `items` is always present. */
export interface Thread extends ThreadMetadata {
  items: Page<VisibleItem>;
}
