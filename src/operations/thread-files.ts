import { NotFoundError } from '../errors';
import { forgetClaims, inBatches, type StoreScope } from '../store';
import type { Environment } from './environment';

/** The stores of records and bytes. */
type Files = Pick<Environment, 'store' | 'attachmentStore'>;

/** How many messages are loaded at a time to find their files. */
const BATCH = 100;

/** Deletes the bytes and records of the attachments that were last sent in a thread. */
export async function deleteFilesOf(files: Files, scope: StoreScope, threadId: string): Promise<void> {
  const { store, attachmentStore } = files;
  if (attachmentStore === undefined) return;
  const messages = inBatches((options) =>
    store.listItems(scope, threadId, { ...options, limit: BATCH, order: 'asc', types: ['user_message'] }),
  );
  for await (const message of messages) {
    if (message.type !== 'user_message') continue;
    for (const { id } of message.attachments) {
      if (await isOf(files, scope, id, threadId)) await deleteFile(files, scope, id);
    }
  }
}

/** Deletes the bytes first: after a crash the remaining record still leads to the file. */
export async function deleteFile(
  { store, attachmentStore }: Files,
  scope: StoreScope,
  id: string,
): Promise<void> {
  await attachmentStore?.deleteAttachment(scope, id);
  try {
    await store.deleteAttachment(scope, id);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  await forgetClaims(store, scope, id);
}

async function isOf({ store }: Files, scope: StoreScope, id: string, threadId: string): Promise<boolean> {
  try {
    return (await store.loadAttachment(scope, id)).thread_id === threadId;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
