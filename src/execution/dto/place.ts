/**
 * The position of a value in a payload, as a linked list. Paths are needed for invalid payloads only,
 * so the text is built on demand.
 */
export interface Place {
  readonly parent: Place | undefined;
  /** The name in the payload, or the index in a list. */
  readonly key: string | number;
}

/** The path of a place, for example `guests.0.name`; empty for the payload itself. */
export function pathOf(place: Place | undefined): string {
  const keys: (string | number)[] = [];
  for (let step = place; step !== undefined; step = step.parent) keys.push(step.key);
  return keys.reverse().join('.');
}

/** The path without list indexes, which is the same for all entries of a list. */
export function fieldPathOf(place: Place | undefined): string {
  const keys: string[] = [];
  for (let step = place; step !== undefined; step = step.parent) {
    if (typeof step.key === 'string') keys.push(step.key);
  }
  return keys.reverse().join('.');
}
