import { customAction, syncCustomAction } from './actions';
import { createAttachment, deleteAttachment } from './attachments';
import { addClientToolOutput, addStructuredInput } from './client-input';
import type { Operation, RequestOf } from '../protocol';
import type { Awaitable } from '../store';
import type { Answer, Call } from './environment';
import { itemsFeedback, listItems } from './items';
import { addUserMessage, createThread, retryAfterItem } from './messages';
import { deleteThread, getThread, listThreads, updateThread } from './threads';
import { transcribe } from './transcribe';

/**
 * The implementation of each operation. If one throws or rejects, the error is answered over HTTP, and
 * nothing is stored.
 */
export const operations: { readonly [Op in Operation]: (call: Call<RequestOf<Op>>) => Awaitable<Answer> } = {
  'threads.create': createThread,
  'threads.add_user_message': addUserMessage,
  'threads.add_client_tool_output': addClientToolOutput,
  'threads.add_structured_input': addStructuredInput,
  'threads.retry_after_item': retryAfterItem,
  'threads.custom_action': customAction,
  'threads.sync_custom_action': syncCustomAction,
  'threads.get_by_id': getThread,
  'threads.list': listThreads,
  'threads.update': updateThread,
  'threads.delete': deleteThread,
  'items.list': listItems,
  'items.feedback': itemsFeedback,
  'attachments.create': createAttachment,
  'attachments.delete': deleteAttachment,
  'input.transcribe': transcribe,
};

export { ActiveRuns } from './active-runs';
export type { Answer, Call, Environment, StreamAnswer, StreamHandle } from './environment';
export type { FeedbackInput } from './items';
export type { AudioInput } from './transcribe';
export { removeThread, threadDeleted, whileIdle } from './remove-thread';
export { deleteFile } from './thread-files';
export { receiveAnnounced, receiveDirect } from './uploads';
export type { IncomingFile } from './uploads';
export { WaitingPlaces } from './waiting-places';
