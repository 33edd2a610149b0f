import { nearMiss } from '../checks';

/** A sentence that suggests a known name that is similar, or begins with `name`; empty if there is none. */
export function didYouMean(name: string, known: readonly string[], quoted = (text: string) => text): string {
  const meant =
    nearMiss(name, known) ?? (name === '' ? undefined : known.find((each) => each.startsWith(name)));
  return meant === undefined ? '' : ` Did you mean ${quoted(meant)}?`;
}
