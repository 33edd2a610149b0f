import type { ChatContext } from '../../context';
import { ChatError } from '../../errors';
import type { Attachment, ThreadItem } from '../../protocol';
import type { Awaitable, StoreScope } from '../../store';
import { formOf } from './attachment-content';

/** Reads the attached files of an owner: `DiskAttachmentStore`, or your own implementation. */
export interface AttachmentReader {
  /** @throws NotFoundError if the file is missing, or not yet there; the model then gets its name and type */
  read(
    scope: Pick<StoreScope, 'owner'>,
    attachmentId: string,
  ): Awaitable<{ readonly size: number; bytes(): Awaitable<Uint8Array> }>;
}

/** The context in which items of a thread are converted. */
export interface InputContext {
  /** The request; `undefined` outside a request. */
  readonly chat: ChatContext | undefined;
  /** Returns the bytes of an attachment; `undefined` if they cannot be read, or are too many. */
  bytesOf(attachment: Attachment): Awaitable<Uint8Array | undefined>;
}

/** The limit for one request, in bytes: APIs refuse larger requests, and base64 adds a third. */
export const MAX_ATTACHED = 20 * 1024 * 1024;

/** The context without a reader, or without a request that has an owner: no files are read. */
export function withoutAttachments(chat: ChatContext | undefined): InputContext {
  return { chat, bytesOf: () => undefined };
}

/** Opens the attachments of items, newest items first; files that exceed the limit are left out. */
export async function openAttachments(
  items: readonly ThreadItem[],
  { reader, chat, maxBytes }: { reader: AttachmentReader; chat: ChatContext; maxBytes: number },
): Promise<InputContext> {
  const files = new Map<string, () => Awaitable<Uint8Array>>();
  let left = maxBytes;
  for (const attachment of newestOf(items)) {
    if (files.has(attachment.id)) continue;
    const file = await open(attachment, reader, chat);
    if (file === undefined || file.size > left) continue;
    left -= file.size;
    files.set(attachment.id, () => file.bytes());
  }
  return { chat, bytesOf: ({ id }) => files.get(id)?.() };
}

function newestOf(items: readonly ThreadItem[]): Attachment[] {
  return items
    .toReversed()
    .flatMap((item) => (item.type === 'user_message' ? item.attachments : []))
    .filter((attachment) => formOf(attachment) !== undefined);
}

async function open({ id }: Attachment, reader: AttachmentReader, { owner }: ChatContext) {
  try {
    return await reader.read({ owner }, id);
  } catch (error) {
    if (error instanceof ChatError && error.code === 'not_found') return undefined;
    throw error;
  }
}
