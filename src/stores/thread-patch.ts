import { type ThreadMetadata } from '../protocol';
import { type ThreadPatch } from '../store';

/** Named, so that nothing else of an object that a caller passes as a patch gets into the thread. */
const PATCHABLE = ['title', 'status', 'allowed_image_domains'] as const;

/** Fields as they were given, in a copy. */
interface Given {
  set: object;
  /** Those without a value. */
  cleared: readonly string[];
}

/**
 * Takes a patch as it is now: a store may have to wait, and the caller's object may change meanwhile.
 *
 * @returns what puts it into the stored text of a thread, and returns the new text
 */
export function takePatch(patch: ThreadPatch): (text: string) => string {
  const fields = take(
    patch,
    PATCHABLE.filter((field) => field in patch),
  );
  const metadata = take(patch.metadata ?? {});
  return (text) => {
    const thread = JSON.parse(text) as ThreadMetadata;
    return JSON.stringify({ ...apply(thread, fields), metadata: apply(thread.metadata, metadata) });
  };
}

function take<T extends object>(given: T, keys = Object.keys(given) as (keyof T & string)[]): Given {
  const entries = keys.map((key) => [key, given[key]]);
  const set = JSON.parse(JSON.stringify(Object.fromEntries(entries))) as object;
  return { set, cleared: keys.filter((key) => !Object.hasOwn(set, key)) };
}

function apply<T extends object>(to: T, { set, cleared }: Given): T {
  const changed = { ...to, ...set };
  for (const key of cleared) Reflect.deleteProperty(changed, key);
  return changed;
}
