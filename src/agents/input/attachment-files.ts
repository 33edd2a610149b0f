import type { ChatContext } from '../../context';
import { ChatError } from '../../errors';
import type { Attachment, ThreadItem } from '../../protocol';
import type { Awaitable, StoreScope } from '../../store';
import { formOf } from './attachment-content';

/** Reads files that users have attached, of one owner: `DiskAttachmentStore`, or one of your own. */
export interface AttachmentReader {
  /** @throws NotFoundError where it is not there, or not yet; the model is then told that there is one */
  read(
    scope: Pick<StoreScope, 'owner'>,
    attachmentId: string,
  ): Awaitable<{ readonly size: number; bytes(): Awaitable<Uint8Array> }>;
}

/** What is known while items of a thread are converted. */
export interface InputContext {
  /** The request, where they are converted for one. */
  readonly chat: ChatContext | undefined;
  /** The bytes of an attachment; `undefined` where they cannot be read, or are too many. */
  bytesOf(attachment: Attachment): Awaitable<Uint8Array | undefined>;
}

/** In bytes, of one request: APIs refuse those that are larger, and in base64 it is a third more. */
export const MAX_ATTACHED = 20 * 1024 * 1024;

/** Without a reader, or a request whose owner's files these are, nothing is read. */
export function withoutAttachments(chat: ChatContext | undefined): InputContext {
  return { chat, bytesOf: () => undefined };
}

/** Opens the attachments of items, those of the newest first, as long as they fit. */
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
