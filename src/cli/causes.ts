import { readable } from '../errors';

/** The maximum number of errors in a chain, since an error may be its own cause. */
const MAX_CAUSES = 10;

/** The thrown value and its causes, the outermost first. */
export function causesOf(thrown: unknown): unknown[] {
  const chain = [readable(thrown)];
  for (let last = chain[0]; last instanceof Error && last.cause !== undefined; last = chain.at(-1)) {
    if (chain.length === MAX_CAUSES) break;
    chain.push(readable(last.cause));
  }
  return chain;
}
