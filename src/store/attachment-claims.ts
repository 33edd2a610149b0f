import { ConflictError, NotFoundError } from '../errors';
import type { ThreadItem, UserMessageItem } from '../protocol';
import type { Awaitable } from './awaitable';
import type { SaveItemOptions, Store, StoreScope } from './store';

/**
 * A message and the records of its attachments cannot be stored in one step. So a message first writes a
 * claim under the attachment's key; then the message is stored; then the record is marked with its thread. If
 * this is interrupted, the cleanup uses the claim to find out whether a message carries the file. Claim and
 * deletion exclude each other, also between processes: each is written only if the version that it read is
 * still the stored one.
 */
interface Claims {
  messages?: readonly Claim[];
  /** The cleanup has decided to delete the attachment: no message can carry it any more. */
  deleting?: true;
}

interface Claim {
  thread_id: string;
  message_id: string;
  /** In milliseconds since the epoch. */
  at: number;
}

/** How often a claim is tried, since other messages may claim the same attachment at the same time. */
const ATTEMPTS = 10;

/**
 * Protects an attachment from the cleanup until the message is stored.
 *
 * @throws NotFoundError when it is deleted, or about to be
 */
export async function claimAttachment(
  store: Store,
  scope: StoreScope,
  id: string,
  message: { id: string; thread_id: string },
): Promise<void> {
  const claim: Claim = { thread_id: message.thread_id, message_id: message.id, at: Date.now() };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { claims, version } = await load(store, scope, id);
    if (claims.deleting === true) throw new NotFoundError(`Attachment "${id}" was not found.`);
    const messages = [...(claims.messages ?? []), claim];
    if ((await store.putValue(scope, keyOf(id), { messages }, { ifVersion: version })) === undefined)
      continue;
    await store.loadAttachment(scope, id); // only a claimed attachment is sure to stay
    return;
  }
  throw new ConflictError(`Attachment "${id}" is being sent by other messages.`);
}

/** How an item is saved. */
interface SaveOptions extends SaveItemOptions {
  /** Ids of attachments that the caller claims and marks itself. */
  seenTo?: ReadonlySet<string> | undefined;
}

/**
 * Saves an item in the store. If it is a message, its attachments that were not sent before are claimed and
 * marked, so that the cleanup does not delete them. Attachments without a record belong to the integration.
 *
 * @param text the JSON text of the item
 */
export function saveWithAttachments(
  store: Store,
  scope: StoreScope,
  item: ThreadItem,
  text: string,
  { seenTo, ...options }: SaveOptions = {},
): Awaitable<number> {
  if (isOneWrite(item, seenTo)) return store.saveItem(scope, item, text, options);
  // The caller may change its object meanwhile.
  return saveMessage(store, scope, JSON.parse(text) as UserMessageItem, text, { seenTo, ...options });
}

/** Whether an item is saved by one call of the store, without claims. */
export function isOneWrite(item: ThreadItem, seenTo?: ReadonlySet<string>): boolean {
  return item.type !== 'user_message' || item.attachments.every(({ id }) => seenTo?.has(id) === true);
}

async function saveMessage(
  store: Store,
  scope: StoreScope,
  message: UserMessageItem,
  text: string,
  { seenTo, ...options }: SaveOptions,
): Promise<number> {
  const unsent: string[] = [];
  for (const { id } of message.attachments) {
    if (seenTo?.has(id) !== true && (await isUnsent(store, scope, id))) unsent.push(id);
  }
  for (const id of unsent) await claimAttachment(store, scope, id, message);
  const version = await store.saveItem(scope, message, text, options);
  for (const id of unsent) await markSent(store, scope, id, message.thread_id);
  return version;
}

async function isUnsent(store: Store, scope: StoreScope, id: string): Promise<boolean> {
  try {
    return (await store.loadAttachment(scope, id)).thread_id === undefined;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

/** Marks the record of an attachment as sent. A record that was deleted meanwhile stays deleted. */
export async function markSent(store: Store, scope: StoreScope, id: string, threadId: string): Promise<void> {
  try {
    await store.patchAttachment(scope, id, { thread_id: threadId });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

/**
 * Decides whether an attachment whose record has no thread may be deleted. If a message carries it, its
 * record is marked instead. After `true`, no message can claim it.
 *
 * @param before messages that claimed it later may not be stored yet; in milliseconds since the epoch
 */
export async function retireAttachment(
  store: Store,
  scope: StoreScope,
  id: string,
  before: number,
): Promise<boolean> {
  const { claims, version } = await load(store, scope, id);
  if (claims.deleting === true) return true; // an earlier cleanup was interrupted
  for (const { thread_id, message_id } of claims.messages ?? []) {
    if (!(await isCarriedBy(store, scope, id, thread_id, message_id))) continue;
    await markSent(store, scope, id, thread_id);
    return false;
  }
  if (claims.messages?.some(({ at }) => at >= before) === true) return false;
  const deleting: Claims = { deleting: true };
  return (await store.putValue(scope, keyOf(id), deleting, { ifVersion: version })) !== undefined;
}

/** Called after the attachment is deleted. */
export async function forgetClaims(store: Store, scope: StoreScope, id: string): Promise<void> {
  await store.deleteValue(scope, keyOf(id));
}

async function isCarriedBy(
  store: Store,
  scope: StoreScope,
  id: string,
  threadId: string,
  messageId: string,
): Promise<boolean> {
  try {
    const { item } = await store.loadItem(scope, threadId, messageId);
    return item.type === 'user_message' && item.attachments.some((attachment) => attachment.id === id);
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

async function load(
  store: Store,
  scope: StoreScope,
  id: string,
): Promise<{ claims: Claims; version: number }> {
  const stored = await store.getValue(scope, keyOf(id));
  return { claims: stored?.value ?? {}, version: stored?.version ?? 0 };
}

function keyOf(id: string): string {
  return `attachment/${id}`;
}
