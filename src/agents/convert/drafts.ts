import type { EventDraft } from '../../context';
import type { IdKind } from '../../store';

/** The thread events for one event of a model: several, one or none. */
export type Drafts = readonly EventDraft[];

export const NONE: Drafts = Object.freeze([]);

/** What new items need: their thread, ids and the time. */
export interface Place {
  readonly threadId: string;
  newId(kind: IdKind): string;
  /** The current time, in the format of `created_at`. */
  now(): string;
}

/** The fields of every item. The id is new, because ids of models may be shared, invented or missing. */
export function newHead(place: Place, kind: IdKind): { id: string; thread_id: string; created_at: string } {
  return { id: place.newId(kind), thread_id: place.threadId, created_at: place.now() };
}
