import type { ContextServices } from '../context';
import { DeveloperError, NotFoundError } from '../errors';
import { deleteFile, removeThread, type Environment } from '../operations';
import type { Attachment, ThreadItem, ThreadMetadata } from '../protocol';
import { inBatches, maintenanceScope, type KeyedValue, type StoreAdmin } from '../store';

/** One record of an owner's stored data, as plain JSON. */
export type OwnerRecord =
  | { type: 'thread'; thread: ThreadMetadata }
  | { type: 'item'; item: ThreadItem }
  | { type: 'attachment'; attachment: Attachment }
  | ({ type: 'value' } & KeyedValue);

/** How many threads or items are read at a time. */
const BATCH = 100;

/**
 * Yields all stored data of an owner: each thread followed by its items, hidden ones included; then
 * attachments and values. Data that is deleted meanwhile may be left out.
 */
export async function* exportOwner(
  services: ContextServices,
  owner: string,
): AsyncGenerator<OwnerRecord, void, undefined> {
  const { store } = services;
  const admin = adminOf(services);
  const list = { limit: BATCH, order: 'asc' } as const;
  const scope = () => maintenanceScope(owner);
  for await (const thread of inBatches(({ after }) => store.listThreads(scope(), { ...list, after }))) {
    yield { type: 'thread', thread };
    try {
      const items = inBatches(({ after }) => store.listItems(scope(), thread.id, { ...list, after }));
      for await (const item of items) yield { type: 'item', item };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
  for await (const attachment of inBatches((options) => admin.listAttachments(owner, options))) {
    yield { type: 'attachment', attachment };
  }
  for await (const value of inBatches((options) => admin.listValues(owner, options))) {
    yield { type: 'value', ...value };
  }
}

/** Cancels an owner's runs and deletes all stored data of the owner, including bytes of attachments. */
export async function eraseOwner(env: Environment, services: ContextServices, owner: string): Promise<void> {
  const { store } = services;
  const admin = adminOf(services);
  const list = { limit: BATCH, order: 'asc' } as const;
  for await (const { id } of inBatches(({ after }) =>
    store.listThreads(maintenanceScope(owner), { ...list, after }),
  )) {
    try {
      await removeThread(env, maintenanceScope(owner), id);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error; // otherwise the user has deleted it
    }
  }
  for await (const { id } of inBatches((options) => admin.listAttachments(owner, options))) {
    await deleteFile(env, maintenanceScope(owner), id);
  }
  await admin.forgetOwner(owner);
}

function adminOf({ store }: ContextServices): StoreAdmin {
  if (store.admin !== undefined) return store.admin;
  throw new DeveloperError(
    'no_store_admin',
    'This store has no `admin`, which lists and deletes the data of an owner.',
    'Give the store an `admin` with `listAttachments`, `listValues` and `forgetOwner`.',
  );
}
