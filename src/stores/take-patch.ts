import { type AttachmentPatch, type ThreadPatch } from '../store';

/** Named, so that nothing else of an object that a caller passes as a patch gets into what is stored. */
const FIELDS = {
  thread: ['title', 'status', 'allowed_image_domains'],
  attachment: ['upload_descriptor', 'thread_id'],
} as const;

/** Fields as they were given, in a copy. */
interface Given {
  set: object;
  /** Those without a value. */
  cleared: readonly string[];
}

/**
 * Takes a patch as it is now: a store may have to wait, and the caller's object may change meanwhile.
 *
 * @returns what puts it into the stored text, and returns the new text
 */
export function takeThreadPatch(patch: ThreadPatch): (text: string) => string {
  return takePatch(patch, FIELDS.thread);
}

/** @see takeThreadPatch */
export function takeAttachmentPatch(patch: AttachmentPatch): (text: string) => string {
  return takePatch(patch, FIELDS.attachment);
}

function takePatch<P extends { metadata?: object | undefined }>(
  patch: P,
  fields: readonly (keyof P & string)[],
): (text: string) => string {
  const changes = take(
    patch,
    fields.filter((field) => field in patch),
  );
  const metadata = patch.metadata && take(patch.metadata);
  return (text) => {
    const before = JSON.parse(text) as { metadata?: object };
    const after = apply(before, changes);
    if (metadata !== undefined) after.metadata = apply(before.metadata ?? {}, metadata);
    return JSON.stringify(after);
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
