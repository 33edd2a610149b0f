/** Which handler threw an error, for the log. */
export interface ErrorPlace {
  readonly requestId?: string;
  /** `ItemController.select` */
  readonly where?: string;
  /** The action's name, as the client sent it. */
  readonly action?: string;
}

const places = new WeakMap<object, ErrorPlace>();

/**
 * Records which handler threw an error. The first record of a request is kept. An error object that several
 * requests throw gets a new record for each request.
 */
export function notePlace(error: unknown, place: ErrorPlace): void {
  if (place.where === undefined || typeof error !== 'object' || error === null) return;
  if (places.get(error)?.requestId !== place.requestId) places.set(error, place);
}

/** Which handler threw an error; empty if that was not recorded. */
export function placeOf(error: unknown): ErrorPlace {
  return (typeof error === 'object' && error !== null ? places.get(error) : undefined) ?? {};
}
