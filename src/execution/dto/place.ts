/**
 * Where in a payload a value is. Linked and not written out: paths are needed for payloads that are
 * refused only, so they are put together then.
 */
export interface Place {
  readonly parent: Place | undefined;
  /** The name in the payload, or the index in a list. */
  readonly key: string | number;
}

/** The path of a place, as `guests.0.name`; empty for the payload itself. */
export function pathOf(place: Place | undefined): string {
  const keys: (string | number)[] = [];
  for (let step = place; step !== undefined; step = step.parent) keys.push(step.key);
  return keys.reverse().join('.');
}

/** The path without the indexes in lists: the same for all entries of one. */
export function fieldPathOf(place: Place | undefined): string {
  const keys: string[] = [];
  for (let step = place; step !== undefined; step = step.parent) {
    if (typeof step.key === 'string') keys.push(step.key);
  }
  return keys.reverse().join('.');
}
