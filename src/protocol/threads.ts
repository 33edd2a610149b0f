import type { VisibleItem } from './items';

/** One page of a list; `after` is the cursor of the next one, there when `has_more`. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  after?: string | undefined;
}

/** Whether the user may write: not to a `locked` thread, nor to a `closed` one. `reason` is shown. */
export type ThreadStatus = { type: 'active' } | { type: 'locked' | 'closed'; reason?: string | undefined };

/** A thread as it is stored: without its items, with the integration's own `metadata`. */
export interface ThreadMetadata {
  id: string;
  title?: string | undefined;
  /** ISO 8601 in UTC, ending in `Z`. */
  created_at: string;
  status: ThreadStatus;
  allowed_image_domains?: string[] | undefined;
  /** The integration's own data. It is stored and never leaves the server. */
  metadata: Record<string, unknown>;
}

/** A thread as the client sees it: `metadata` always empty, `items` always there. */
export interface Thread extends ThreadMetadata {
  items: Page<VisibleItem>;
}
