import { customAction, syncCustomAction } from './actions';
import { createAttachment, deleteAttachment } from './attachments';
import { addClientToolOutput, addStructuredInput } from './client-input';
import { threadKey } from './active-runs';
import type { Awaitable } from '../store';
import type { Answer, Call } from './environment';
import { itemsFeedback, listItems } from './items';
import { addUserMessage, createThread, retryAfterItem } from './messages';
import { deleteThread, getThread, listThreads, updateThread } from './threads';
import { transcribe } from './transcribe';

/** Carries out a request. What it throws, or rejects with, is to be answered over HTTP, with nothing stored. */
export function operate(call: Call): Awaitable<Answer> {
  const { env, ctx, request } = call;
  // A thread that is about to go need not be waited for.
  if (!('thread_id' in request.params) || request.type === 'threads.delete') return carryOut(call);
  const settled = env.runs.settled(threadKey(ctx.owner, request.params.thread_id), env.run.cancelGrace);
  return settled === undefined ? carryOut(call) : settled.then(() => carryOut(call));
}

function carryOut({ env, ctx, request }: Call): Awaitable<Answer> {
  switch (request.type) {
    case 'threads.create':
      return createThread({ env, ctx, request });
    case 'threads.add_user_message':
      return addUserMessage({ env, ctx, request });
    case 'threads.add_client_tool_output':
      return addClientToolOutput({ env, ctx, request });
    case 'threads.add_structured_input':
      return addStructuredInput({ env, ctx, request });
    case 'threads.retry_after_item':
      return retryAfterItem({ env, ctx, request });
    case 'threads.custom_action':
      return customAction({ env, ctx, request });
    case 'threads.sync_custom_action':
      return syncCustomAction({ env, ctx, request });
    case 'threads.get_by_id':
      return getThread({ env, ctx, request });
    case 'threads.list':
      return listThreads({ env, ctx, request });
    case 'threads.update':
      return updateThread({ env, ctx, request });
    case 'threads.delete':
      return deleteThread({ env, ctx, request });
    case 'items.list':
      return listItems({ env, ctx, request });
    case 'items.feedback':
      return itemsFeedback({ env, ctx, request });
    case 'attachments.create':
      return createAttachment({ env, ctx, request });
    case 'attachments.delete':
      return deleteAttachment({ env, ctx, request });
    case 'input.transcribe':
      return transcribe({ env, ctx, request });
  }
}

export { ActiveRuns, threadKey } from './active-runs';
export type { Answer, Call, Environment, StreamAnswer, StreamHandle } from './environment';
export type { FeedbackInput } from './items';
export type { AudioInput } from './transcribe';
export { receiveAnnounced, receiveDirect } from './uploads';
export type { IncomingFile } from './uploads';
export { WaitingPlaces } from './waiting-places';
