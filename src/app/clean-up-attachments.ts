import type { ContextServices } from '../context';
import { NotFoundError } from '../errors';
import { inBatches, forgetClaims, maintenanceScope, retireAttachment, type AttachmentStore } from '../store';

/** What the cleanup counts as old, in milliseconds since the epoch. */
export interface Ages {
  /** Attachments that were first saved before this time are old. */
  readonly before: number;
  /** Messages whose request began before this time are stored by now, or never will be. */
  readonly noRunBefore: number;
}

/**
 * Deletes the bytes and records of attachments that no message refers to, and the remains of broken uploads.
 *
 * @returns how many attachments were deleted
 */
export async function cleanUpAttachments(
  { store, logger }: ContextServices,
  attachments: AttachmentStore,
  { before, noRunBefore }: Ages,
): Promise<number> {
  await attachments.cleanUpLeftovers?.(before);
  const { admin } = store;
  if (admin === undefined) return 0;
  let deleted = 0;
  const unsent = inBatches((options) => admin.listUnsentAttachments(before, options));
  for await (const { owner, id } of unsent) {
    const scope = maintenanceScope(owner);
    try {
      if (!(await retireAttachment(store, scope, id, Math.min(before, noRunBefore)))) continue;
      await attachments.deleteAttachment(scope, id);
      await store.deleteAttachment(scope, id);
      await forgetClaims(store, scope, id);
      deleted += 1;
    } catch (error) {
      // Another process may have deleted it meanwhile. After any other error, the rest is still cleaned up.
      if (error instanceof NotFoundError) continue;
      logger.warn({ err: error, attachmentId: id }, 'an attachment could not be cleaned up');
    }
  }
  if (deleted > 0) logger.info({ deleted }, 'attachments that were never sent were deleted');
  return deleted;
}
