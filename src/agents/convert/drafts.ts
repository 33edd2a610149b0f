import type { EventDraft } from '../../context';
import type { IdKind } from '../../store';

/** What one event of a model becomes: several events of the thread, or none. */
export type Drafts = readonly EventDraft[];

export const NONE: Drafts = Object.freeze([]);

/** Where new items go. */
export interface Place {
  readonly threadId: string;
  newId(kind: IdKind): string;
  /** The time, as new items have it. */
  now(): string;
}

/** What every item has: an id of ours, since those of models are sometimes shared, made up or missing. */
export function newHead(place: Place, kind: IdKind): { id: string; thread_id: string; created_at: string } {
  return { id: place.newId(kind), thread_id: place.threadId, created_at: place.now() };
}
