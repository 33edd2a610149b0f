import type { ContextServices } from '../context';
import { NotFoundError } from '../errors';
import type { AttachmentStore, StoreScope } from '../store';

/**
 * Deletes attachments that no message carries, bytes and records, and what broken uploads left.
 *
 * @param before what is older, in milliseconds since the epoch
 * @returns how many attachments were deleted
 */
export async function sweepAttachments(
  { store, logger }: ContextServices,
  attachments: AttachmentStore,
  before: number,
): Promise<number> {
  await attachments.sweepLeftovers?.(before);
  const unsent = (await store.admin?.listUnsentAttachments(before)) ?? [];
  let deleted = 0;
  for (const { owner, id } of unsent) {
    const scope: StoreScope = { owner, requestContext: undefined, signal: AbortSignal.timeout(30_000) };
    try {
      await attachments.deleteAttachment(scope, id);
      await store.deleteAttachment(scope, id);
      deleted += 1;
    } catch (error) {
      // Another process may sweep at the same time. Whatever else: the others are not to stay for it.
      if (error instanceof NotFoundError) continue;
      logger.warn({ err: error, attachmentId: id }, 'an attachment could not be swept');
    }
  }
  if (deleted > 0) logger.info({ deleted }, 'attachments that were never sent were deleted');
  return deleted;
}
