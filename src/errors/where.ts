const places = new WeakMap<object, string>();

/** Notes which handler an error came from, for the log. The first note stays. */
export function noteWhere(error: unknown, where: string | undefined): void {
  if (where === undefined || typeof error !== 'object' || error === null || places.has(error)) return;
  places.set(error, where);
}

/** The handler that an error came from, as `ItemController.select`. */
export function whereOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? places.get(error) : undefined;
}
