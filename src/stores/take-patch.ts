import { type AttachmentPatch, type ThreadPatch } from '../store';

/** Listed by name, so that no other field of an object that a caller passes as a patch is stored. */
const FIELDS = {
  thread: ['title', 'status', 'allowed_image_domains'],
  attachment: ['upload_descriptor', 'thread_id'],
} as const;

/** A copy of the given fields or keys. */
export interface Given {
  set: object;
  /** Those without a JSON value, such as `undefined`. */
  cleared: readonly string[];
}

/** A copy of a patch: a store may have to wait, and the caller may change its object meanwhile. */
export interface TakenPatch {
  fields: Given;
  /** The changes of `metadata`, key by key; `undefined` if the patch does not change it. */
  metadata: Given | undefined;
}

/** @returns a function that applies the patch to the stored text, and returns the new text */
export function takeThreadPatch(patch: ThreadPatch): (text: string) => string {
  return putInto(readThreadPatch(patch));
}

/** @see takeThreadPatch */
export function takeAttachmentPatch(patch: AttachmentPatch): (text: string) => string {
  return putInto(readAttachmentPatch(patch));
}

/** The patch as data, for a database that changes the fields and keys itself. */
export function readThreadPatch(patch: ThreadPatch): TakenPatch {
  return readPatch(patch, FIELDS.thread);
}

export function readAttachmentPatch(patch: AttachmentPatch): TakenPatch {
  return readPatch(patch, FIELDS.attachment);
}

function putInto({ fields, metadata }: TakenPatch): (text: string) => string {
  return (text) => {
    const before = JSON.parse(text) as { metadata?: object };
    const after = apply(before, fields);
    if (metadata !== undefined) after.metadata = apply(before.metadata ?? {}, metadata);
    return JSON.stringify(after);
  };
}

function readPatch<P extends { metadata?: object | undefined }>(
  patch: P,
  fields: readonly (keyof P & string)[],
): TakenPatch {
  return {
    fields: take(
      patch,
      fields.filter((field) => field in patch),
    ),
    metadata: patch.metadata && take(patch.metadata),
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
