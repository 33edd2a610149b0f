import { concat, of } from 'rxjs';
import type { RunContext } from '../context';
import { ConflictError, MAX_ISSUES, shorten } from '../errors';
import { saveItem } from '../pipeline';
import {
  conformItem,
  DEFAULT_PAGE_SIZE,
  type ClientToolCallItem,
  type RequestOf,
  type StructuredInput,
  type StructuredInputItem,
  type StructuredInputSubmission,
  type ThreadItem,
} from '../protocol';
import { isPromise, type Awaitable } from '../store';
import type { Answer, Call, Environment } from './environment';
import { answerWithStream, responderFor } from './stream';
import { walkItems } from './walk-items';

/** `threads.add_client_tool_output`: takes the result of a tool in the browser. */
export function addClientToolOutput(
  call: Call<RequestOf<'threads.add_client_tool_output'>>,
): Awaitable<Answer> {
  const { ctx, env, request } = call;
  const { thread_id, result } = request.params;
  return answerWithStream(call, thread_id, async () => {
    ctx.thread = await env.store.loadThread(ctx, thread_id);
    const [toolCall, ...others] = await pendingToolCalls(env, ctx);
    if (toolCall === undefined) {
      throw new ConflictError(`Thread "${thread_id}" has no pending client tool call.`);
    }
    return {
      *prelude() {
        const saved = saveItem(conformItem({ ...toolCall, status: 'completed', output: result }), ctx);
        if (isPromise(saved)) yield Promise.resolve(saved).then(() => undefined);
        for (const { id, name } of others) {
          ctx.log.warn({ itemId: id, tool: name }, 'a client tool call was never answered and is dropped');
          const deleted = env.store.deleteItem(ctx, thread_id, id);
          if (isPromise(deleted)) yield deleted;
        }
      },
      source: (observe) => responderFor(env, ctx).stream(ctx, observe),
    };
  });
}

/**
 * The newest pending call, wherever it is in the thread, and the other pending calls on the newest page
 * of items, which are then deleted, as the reference implementation does. Older ones are left as they are.
 */
async function pendingToolCalls({ store }: Environment, ctx: RunContext): Promise<ClientToolCallItem[]> {
  const pending: ClientToolCallItem[] = [];
  for await (const item of walkItems(store, ctx, { order: 'desc', limit: DEFAULT_PAGE_SIZE })) {
    if (isPendingCall(item)) pending.push(item);
  }
  if (pending.length > 0) return pending;
  const calls = { order: 'desc', limit: DEFAULT_PAGE_SIZE, types: ['client_tool_call'] } as const;
  for await (const item of walkItems(store, ctx, calls)) {
    if (isPendingCall(item)) return [item];
  }
  return [];
}

function isPendingCall(item: ThreadItem): item is ClientToolCallItem {
  return item.type === 'client_tool_call' && item.status === 'pending';
}

/** `threads.add_structured_input`: takes the user's answers to a structured input, or that it was skipped. */
export function addStructuredInput(call: Call<RequestOf<'threads.add_structured_input'>>): Awaitable<Answer> {
  const { ctx, env, request } = call;
  const { thread_id, item_id, input } = request.params;
  return answerWithStream(call, thread_id, async () => {
    ctx.thread = await env.store.loadThread(ctx, thread_id);
    const { item } = await env.store.loadItem(ctx, thread_id, item_id);
    if (item.type !== 'structured_input') {
      throw new ConflictError(`Item "${item_id}" is not a structured input: it is of type ${item.type}.`);
    }
    if (item.status !== 'pending') throw new ConflictError(`Item "${item_id}" is ${item.status} already.`);
    const answered = applySubmission(item, input, ctx);
    return {
      source: (observe) =>
        concat(
          of({ type: 'thread.item.replaced' as const, item: answered }),
          responderFor(env, ctx).stream(ctx, observe),
        ),
    };
  });
}

function applySubmission(
  item: StructuredInputItem,
  submission: StructuredInputSubmission,
  ctx: RunContext,
): StructuredInputItem {
  const known = new Set(item.inputs.map(({ id }) => id));
  const unknown = Object.keys(submission.answers).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, MAX_ISSUES).map((id) => shorten(id, 100));
    ctx.log.warn({ itemId: item.id, unknown: shown }, 'answers to questions that were not asked are ignored');
  }
  const inputs = item.inputs.map((input) => withAnswer(input, submission));
  return { ...item, status: submission.status, inputs };
}

function withAnswer(input: StructuredInput, { status, answers }: StructuredInputSubmission): StructuredInput {
  const answer = Object.hasOwn(answers, input.id) ? answers[input.id] : undefined;
  if (status === 'skipped' || answer === undefined || answer.skipped || answer.values.length === 0) {
    return { ...input, answer: { values: [], skipped: true } };
  }
  const single = input.type === 'multiple_choice' && !input.multiple;
  return { ...input, answer: { values: single ? answer.values.slice(0, 1) : answer.values, skipped: false } };
}
