import type { ContextServices } from '../context';
import { NotFoundError } from '../errors';
import { inBatches, forgetClaims, maintenanceScope, retireAttachment, type AttachmentStore } from '../store';

/** What the cleanup takes for old, in milliseconds since the epoch. */
export interface Ages {
  /** Attachments that were first saved before. */
  readonly before: number;
  /** Messages that began before are stored by now, or never will be. */
  readonly noRunBefore: number;
}

/**
 * Deletes attachments that no message carries, bytes and records, and what broken uploads left.
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
      // Another process may clean up at the same time. Whatever else: the others are not to stay for it.
      if (error instanceof NotFoundError) continue;
      logger.warn({ err: error, attachmentId: id }, 'an attachment could not be cleaned up');
    }
  }
  if (deleted > 0) logger.info({ deleted }, 'attachments that were never sent were deleted');
  return deleted;
}
