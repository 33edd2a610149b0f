import type { z } from 'zod';
import type { Attachment } from './attachments';
import { invalid, issuesOf } from './check';
import type { ThreadStreamEvent } from './events';
import type { ThreadItem } from './items';
import { attachmentSchema, uploadDescriptorSchema } from './schemas/attachments';
import { Conformers, NotOfTheProtocol } from './schemas/conformer';
import { threadStreamEventSchema } from './schemas/events';
import { threadItemSchema } from './schemas/items';
import { storedThreadSchema, threadSchema, threadStatusSchema } from './schemas/threads';
import type { ThreadMetadata, ThreadStatus } from './threads';

/*
 * What is not in the protocol neither leaves the server nor is stored, and what the wire always
 * carries is stored, too. Whatever comes in, from a handler or from a store, is made to conform where
 * it enters, once: from there on a copy that is kept, what is stored and what is sent are the same.
 */

/** For what the application makes: what cannot be made to conform is its mistake. */
const strict = new Conformers(false);
/** For what a store hands out, perhaps written by another version: what is not known is left out. */
const lenient = new Conformers(true);
// Hidden items are left out of a thread when it is written.
strict.set(threadSchema, strict.of(storedThreadSchema));

function conform<T>(schema: z.ZodType, value: T, what: string): T {
  try {
    return strict.of(schema)(value) as T;
  } catch (error) {
    if (error instanceof NotOfTheProtocol) throw invalid(what, value, issuesOf(schema, value));
    throw error;
  }
}

/**
 * An item with the defaults that were left out, without the fields that the protocol does not
 * have. The item itself where it has all of the former and none of the latter.
 *
 * @throws DeveloperError `invalid_event` for types that the protocol does not have
 */
export function conformItem<T extends ThreadItem>(item: T): T {
  return conform(threadItemSchema, item, `"${item.type}" item`);
}

/** @see conformItem */
export function conformEvent<E extends ThreadStreamEvent>(event: E): E {
  return conform(threadStreamEventSchema, event, 'event');
}

/** @see conformItem */
export function conformAttachment(attachment: Attachment): Attachment {
  return conform(attachmentSchema, attachment, 'attachment');
}

/** Changes of an attachment. Other fields than its own are the store's to leave out. */
export function conformAttachmentPatch<P extends Partial<Attachment>>(patch: P): P {
  if (patch.upload_descriptor === undefined) return patch;
  const descriptor = conform(uploadDescriptorSchema, patch.upload_descriptor, 'upload descriptor');
  return { ...patch, upload_descriptor: descriptor };
}

/** Changes of a thread. Other fields than its own are the store's to leave out. */
export function conformPatch<P extends { status?: ThreadStatus | undefined }>(patch: P): P {
  if (patch.status === undefined) return patch;
  const status = conform(threadStatusSchema, patch.status, 'thread status');
  return status === patch.status ? patch : { ...patch, status };
}

/** An item as a store has it, with what is known of it; `undefined` where its type is not. */
export function knownItem<T extends ThreadItem>(item: T): T | undefined {
  try {
    return lenient.of(threadItemSchema)(item) as T;
  } catch (error) {
    if (error instanceof NotOfTheProtocol) return undefined;
    throw error;
  }
}

/** The fields of a thread as a store has them, with what is known of them. */
export function knownHead(thread: ThreadMetadata): ThreadMetadata {
  return lenient.of(storedThreadSchema)(thread) as ThreadMetadata;
}
