/** Which handler an error came from, for the log. */
export interface ErrorPlace {
  readonly requestId?: string;
  /** `ItemController.select` */
  readonly where?: string;
  /** The action's name, as the client sent it. */
  readonly action?: string;
}

const places = new WeakMap<object, ErrorPlace>();

/**
 * Notes which handler an error came from. The first note of a request stays; an error that is made once
 * and thrown by many requests is noted anew.
 */
export function notePlace(error: unknown, place: ErrorPlace): void {
  if (place.where === undefined || typeof error !== 'object' || error === null) return;
  if (places.get(error)?.requestId !== place.requestId) places.set(error, place);
}

/** Where an error came from; empty where it was not noted. */
export function placeOf(error: unknown): ErrorPlace {
  return (typeof error === 'object' && error !== null ? places.get(error) : undefined) ?? {};
}
