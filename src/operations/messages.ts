import type { RunContext } from '../context';
import { ConflictError } from '../errors';
import {
  toThreadResponse,
  type Attachment,
  type RequestOf,
  type ThreadMetadata,
  type UserMessageInput,
  type UserMessageItem,
} from '../protocol';
import { claimAttachment, isPromise, markSent, type Awaitable, timeText } from '../store';
import type { Answer, Call, Environment } from './environment';
import { inTurns } from './in-turns';
import { answerWithStream, responderFor, type StreamSteps } from './stream';
import { walkItems } from './walk-items';

/** `threads.create`: creates a thread with its first message. */
export function createThread(call: Call<RequestOf<'threads.create'>>): Awaitable<Answer> {
  const { ctx, request } = call;
  const thread: ThreadMetadata = {
    id: ctx.services.generateId('thread'),
    created_at: timeText(ctx.services.now),
    status: { type: 'active' },
    metadata: {},
  };
  return answerWithStream(call, thread.id, async () => {
    ctx.thread = thread;
    const built = await buildMessage(ctx, request.params.input);
    return respondToNew(call.env, ctx, built, thread);
  });
}

/** `threads.add_user_message`: adds a message to a thread. */
export function addUserMessage(call: Call<RequestOf<'threads.add_user_message'>>): Awaitable<Answer> {
  const { ctx, env, request } = call;
  const { thread_id, input } = request.params;
  return answerWithStream(call, thread_id, async () => {
    ctx.thread = await env.store.loadThread(ctx, thread_id);
    return respondToNew(env, ctx, await buildMessage(ctx, input));
  });
}

/** `threads.retry_after_item`: deletes everything after a user message, and has it answered again. */
export function retryAfterItem(call: Call<RequestOf<'threads.retry_after_item'>>): Awaitable<Answer> {
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

/** A message, and the ids of its attachments that were in no message before. */
interface BuiltMessage {
  message: UserMessageItem;
  unsent: readonly string[];
}

function respondToNew(
  env: Environment,
  ctx: RunContext,
  { message, unsent }: BuiltMessage,
  newThread?: ThreadMetadata,
): StreamSteps {
  ctx.message = message;
  if (message.attachments.length > 0) ctx.sending = new Set(message.attachments.map(({ id }) => id));
  const { store } = env;
  const createThread = () => newThread && store.createThread(ctx, newThread);
  return {
    begin: () =>
      unsent.length > 0 ? claimAll(env, ctx, message, unsent).then(createThread) : createThread(),
    *prelude() {
      if (newThread !== undefined) yield { type: 'thread.created', thread: toThreadResponse(newThread) };
      yield { type: 'thread.item.done', item: message };
      for (const { id } of message.attachments) yield markSent(store, ctx, id, message.thread_id);
    },
    source: (observe) => responderFor(env, ctx).stream(ctx, observe),
  };
}

async function claimAll(
  { store }: Environment,
  ctx: RunContext,
  message: UserMessageItem,
  ids: readonly string[],
): Promise<void> {
  for await (const id of inTurns(ids)) await claimAttachment(store, ctx, id, message);
}

async function buildMessage(ctx: RunContext, input: UserMessageInput): Promise<BuiltMessage> {
  const records: Attachment[] = [];
  for await (const id of inTurns(input.attachments)) {
    records.push(await ctx.services.store.loadAttachment(ctx, id));
  }
  const thread_id = ctx.threadId;
  const message: UserMessageItem = {
    id: ctx.services.generateId('message'),
    thread_id,
    created_at: timeText(ctx.services.now),
    type: 'user_message',
    content: input.content,
    attachments: records.map((record) => ({ ...record, thread_id })),
    quoted_text: input.quoted_text,
    inference_options: input.inference_options,
  };
  const unsent = records.filter((record) => record.thread_id === undefined).map(({ id }) => id);
  return { message, unsent: [...new Set(unsent)] };
}

async function idsAfter({ store }: Environment, ctx: RunContext, itemId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of walkItems(store, ctx, { order: 'asc', after: itemId })) ids.push(id);
  return ids;
}
