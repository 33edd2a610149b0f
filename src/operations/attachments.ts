import { ChatError } from '../errors';
import { conformAttachment, serialiseAttachment, type RequestOf } from '../protocol';
import { forgetClaims, type AttachmentStore } from '../store';
import type { Answer, Call, Environment } from './environment';

/** `attachments.create`: stores the record of a file; its bytes may be uploaded afterwards. */
export async function createAttachment({
  ctx,
  env,
  request,
}: Call<RequestOf<'attachments.create'>>): Promise<Answer> {
  const attachment = conformAttachment(await attachmentStore(env).createAttachment(ctx, request.params));
  await env.store.saveAttachment(ctx, attachment);
  return { kind: 'json', text: serialiseAttachment(attachment) };
}

/** `attachments.delete`: deletes the bytes, then the record, so that it can be repeated after a failure. */
export async function deleteAttachment({
  ctx,
  env,
  request,
}: Call<RequestOf<'attachments.delete'>>): Promise<Answer> {
  const { attachment_id } = request.params;
  const bytes = attachmentStore(env);
  await env.store.loadAttachment(ctx, attachment_id);
  await forgetClaims(env.store, ctx, attachment_id);
  await bytes.deleteAttachment(ctx, attachment_id);
  await env.store.deleteAttachment(ctx, attachment_id);
  return { kind: 'json', text: '{}' };
}

function attachmentStore({ attachmentStore: store }: Environment): AttachmentStore {
  if (store === undefined) {
    throw new ChatError('This server takes no attachments.', 501, 'no_attachment_store');
  }
  return store;
}
