import type { EventDraft, RunContext } from '../context';
import { ConflictError } from '../errors';
import { now } from '../pipeline';
import {
  toThreadResponse,
  type Attachment,
  type RequestOf,
  type ThreadMetadata,
  type UserMessageInput,
  type UserMessageItem,
} from '../protocol';
import { isPromise } from '../store';
import type { Answer, Call, Environment } from './environment';
import { answerWithStream, responderFor, type StreamSteps } from './stream';

/** `threads.create`: a new thread with its first message. */
export function createThread(call: Call<RequestOf<'threads.create'>>): Promise<Answer> {
  const { ctx, request } = call;
  const thread: ThreadMetadata = {
    id: ctx.services.generateId('thread'),
    created_at: now(),
    status: { type: 'active' },
    metadata: {},
  };
  return answerWithStream(call, thread.id, async () => {
    ctx.thread = thread;
    const message = await buildMessage(ctx, request.params.input);
    return {
      createThread: () => call.env.store.createThread(ctx, thread),
      ...respondToNew(call.env, ctx, message, [{ type: 'thread.created', thread: toThreadResponse(thread) }]),
    };
  });
}

/** `threads.add_user_message`: the next message of a thread. */
export function addUserMessage(call: Call<RequestOf<'threads.add_user_message'>>): Promise<Answer> {
  const { ctx, env, request } = call;
  const { thread_id, input } = request.params;
  return answerWithStream(call, thread_id, async () => {
    ctx.thread = await env.store.loadThread(ctx, thread_id);
    return respondToNew(env, ctx, await buildMessage(ctx, input), []);
  });
}

/** `threads.retry_after_item`: everything after a user message goes, and it is answered anew. */
export function retryAfterItem(call: Call<RequestOf<'threads.retry_after_item'>>): Promise<Answer> {
  const { ctx, env, request } = call;
  const { thread_id, item_id } = request.params;
  return answerWithStream(call, thread_id, async () => {
    ctx.thread = await env.store.loadThread(ctx, thread_id);
    const { item } = await env.store.loadItem(ctx, thread_id, item_id);
    if (item.type !== 'user_message') {
      throw new ConflictError(
        `Only a user message can be retried; item "${item_id}" is of type ${item.type}.`,
      );
    }
    ctx.message = item;
    const later = await idsAfter(env, ctx, item_id);
    return {
      *prelude() {
        for (const id of later) {
          const deleted = env.store.deleteItem(ctx, thread_id, id);
          if (isPromise(deleted)) yield deleted;
        }
      },
      source: (observe) => responderFor(env, ctx).stream(ctx, observe),
    };
  });
}

function respondToNew(
  env: Environment,
  ctx: RunContext,
  message: UserMessageItem,
  before: readonly EventDraft[],
): StreamSteps {
  ctx.message = message;
  return {
    *prelude() {
      yield* before;
      // Before the attachments: if the message cannot be stored, they must not be marked as sent.
      yield { type: 'thread.item.done', item: message };
      for (const attachment of message.attachments) {
        const saved = env.store.saveAttachment(ctx, attachment);
        if (isPromise(saved)) yield saved;
      }
    },
    source: (observe) => responderFor(env, ctx).stream(ctx, observe),
  };
}

async function buildMessage(ctx: RunContext, input: UserMessageInput): Promise<UserMessageItem> {
  const attachments: Attachment[] = [];
  for (const id of input.attachments) {
    const attachment = await ctx.services.store.loadAttachment(ctx, id);
    attachments.push({ ...attachment, thread_id: ctx.thread.id });
  }
  return {
    id: ctx.services.generateId('message'),
    thread_id: ctx.thread.id,
    created_at: now(),
    type: 'user_message',
    content: input.content,
    attachments,
    quoted_text: input.quoted_text,
    inference_options: input.inference_options,
  };
}

async function idsAfter(env: Environment, ctx: RunContext, itemId: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined = itemId;
  while (after !== undefined) {
    const page = await env.store.listItems(ctx, ctx.thread.id, { limit: 100, order: 'asc', after });
    ids.push(...page.data.map(({ id }) => id));
    after = page.has_more ? page.after : undefined;
  }
  return ids;
}
