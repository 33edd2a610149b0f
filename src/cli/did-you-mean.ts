import { nearMiss } from '../checks';

/** A sentence about the known name that was probably meant, or that was not written to its end; empty where there is none. */
export function didYouMean(name: string, known: readonly string[], quoted = (text: string) => text): string {
  const meant =
    nearMiss(name, known) ?? (name === '' ? undefined : known.find((each) => each.startsWith(name)));
  return meant === undefined ? '' : ` Did you mean ${quoted(meant)}?`;
}
