import { readable } from '../errors';

/** More say nothing new; and an error may be its own cause. */
const MAX_CAUSES = 10;

/** What was thrown and its causes, the outermost first, as far as they can be read. */
export function causesOf(thrown: unknown): unknown[] {
  const chain = [readable(thrown)];
  for (let last = chain[0]; last instanceof Error && last.cause !== undefined; last = chain.at(-1)) {
    if (chain.length === MAX_CAUSES) break;
    chain.push(readable(last.cause));
  }
  return chain;
}
