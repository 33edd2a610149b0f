import type { EventDraft, RunContext } from '../context';
import { BadRequestError, ChatError, ConflictError, DeveloperError, holdPromises, noSender } from '../errors';
import type { Handler } from '../execution';
import { changeWidget, completeItem, inspectItem, saveThreadChanges, ThreadWatch } from '../pipeline';
import {
  isEventType,
  serialiseUpdatedItem,
  shortName,
  writeItem,
  type RequestOf,
  type ThreadItem,
  type ThreadMetadata,
  type WidgetItem,
  type WidgetRoot,
} from '../protocol';
import { chain, isPromise, saveWithAttachments, threadKey, type Awaitable, type StoredItem } from '../store';
import type { Answer, Call, Environment } from './environment';
import { answerWithStream, type StreamSteps } from './stream';

/** `threads.custom_action`: a click in a widget, or an action of the page itself. */
export function customAction(call: Call<RequestOf<'threads.custom_action'>>): Awaitable<Answer> {
  const { ctx, env, request } = call;
  const { thread_id, item_id, action } = request.params;
  ctx.action = action;
  const steps: StreamSteps = {
    source(observe) {
      const handler = env.table.action(action.type);
      if (handler !== undefined) return handler.stream(ctx, observe);
      const sync = env.table.syncAction(action.type);
      if (sync !== undefined) return sync.stream(ctx, observe, (returned) => asReplacement(returned, ctx));
      return env.table.refuse(unknownAction(env, ctx, action.type), ctx, observe);
    },
  };
  return answerWithStream(call, thread_id, () => {
    const { thread, sender } = loadBoth(env, ctx, thread_id, item_id);
    return chain(thread, (loaded) => {
      ctx.thread = loaded;
      return chain(sender, (found) => {
        if (found !== undefined) ctx.sender = found.item;
        return steps;
      });
    });
  });
}

/** `threads.sync_custom_action`: changes one item without a stream. A stream may be open at the same time. */
export async function syncCustomAction(call: Call<RequestOf<'threads.sync_custom_action'>>): Promise<Answer> {
  const { ctx, env, request } = call;
  const { thread_id, item_id, action } = request.params;
  ctx.action = action;
  const { thread, sender } = loadBoth(env, ctx, thread_id, item_id);
  ctx.thread = await thread;
  const handler = env.table.syncAction(action.type);
  if (handler === undefined) throw unknownAction(env, ctx, action.type);
  const watch = new ThreadWatch(ctx.thread);
  try {
    const updated = await runSync(env, ctx, handler, await sender);
    await saveThreadChanges(watch, ctx);
    return { kind: 'json', text: updated };
  } catch (error) {
    holdPromises(ctx.thread); // the handler's changes to it are not saved
    throw error;
  }
}

/** Runs the handler, exactly once, since its side effects cannot be undone. */
async function runSync(
  env: Environment,
  ctx: RunContext,
  handler: Handler,
  sender: Sender | undefined,
): Promise<string> {
  ctx.sender = sender?.item ?? null;
  const result = toUpdatedItem(await handler.call(ctx), ctx);
  if (result === undefined) return serialiseUpdatedItem();
  if ('change' in result) {
    const { event, itemText } = await changeWidget(result, ctx);
    return answerWith(event.item, itemText, ctx);
  }
  const text = writeItem(result);
  await saveAnswer(env, ctx, result, text, sender?.item.id === result.id ? sender.version : undefined);
  return answerWith(result, text, ctx);
}

/**
 * The last write wins, even over a widget that the handler itself stored in the meantime. But a widget
 * that was removed in the meantime is not stored again.
 *
 * @param version the sender's version, if the item replaces the sender
 */
async function saveAnswer(
  { store }: Environment,
  ctx: RunContext,
  item: ThreadItem,
  text: string,
  version: number | undefined,
): Promise<void> {
  try {
    await saveWithAttachments(store, ctx, item, text, { ifVersion: version });
  } catch (error) {
    if (!(error instanceof ConflictError) || version === undefined) throw error;
    await store.loadItem(ctx, ctx.threadId, item.id);
    await saveWithAttachments(store, ctx, item, text);
  }
}

function answerWith(item: ThreadItem, text: string | undefined, ctx: RunContext): string {
  inspectItem(item, ctx);
  return serialiseUpdatedItem(item, text);
}

type ItemChange = Extract<EventDraft, { change: unknown }>;

/** @throws an error if the value is not an update; rejections of promises in the value are then ignored */
function toUpdatedItem(returned: unknown, ctx: RunContext): ThreadItem | ItemChange | undefined {
  try {
    ctx.lifetime.throwIfAborted(); // the client has already received an error
    return updatedItem(returned, ctx);
  } catch (error) {
    holdPromises(returned);
    throw error;
  }
}

/** A sync handler returns a widget, an item, the result of `replace()`, or nothing. */
function updatedItem(result: unknown, ctx: RunContext): ThreadItem | ItemChange | undefined {
  if (result === undefined || result === null) return undefined;
  if (typeof result !== 'object' || !('type' in result) || typeof result.type !== 'string') {
    throw notAnUpdate(`a value of type ${typeof result}`, ctx);
  }
  if (result.type === 'thread.item.replaced') {
    const replaced = result as Extract<EventDraft, { type: 'thread.item.replaced' }>;
    return 'change' in replaced ? replaced : completeItem(replaced.item, ctx);
  }
  if (isEventType(result.type)) throw notAnUpdate(`an event of type "${result.type}"`, ctx);
  if ('thread_id' in result) return completeItem(result as ThreadItem, ctx);
  if (ctx.sender === null) throw noSender(); // there is no item to put the widget into
  return completeItem({ ...ctx.sender, widget: result as WidgetRoot }, ctx);
}

/**
 * Makes an event from a sync handler's result: clients that do not support `streaming: false` send its
 * action with the streaming operation.
 */
async function asReplacement(returned: unknown, ctx: RunContext): Promise<EventDraft | undefined> {
  const result = toUpdatedItem(await returned, ctx);
  if (result === undefined || 'change' in result) return result;
  return { type: 'thread.item.replaced', item: result };
}

function notAnUpdate(what: string, ctx: RunContext): DeveloperError {
  return new DeveloperError(
    'not_an_update',
    `${ctx.where ?? 'A handler'} answered the sync action ${JSON.stringify(ctx.action?.type)} with ${what}.`,
    'Return a widget, an item, the result of replace(), or nothing. To send events, leave out `sync: true`.',
  );
}

interface Sender {
  item: WidgetItem;
  version: number;
}

/**
 * Loads the sender without waiting for the thread: with a remote store, both loads share one round trip.
 * Await `thread` first, since its error takes precedence.
 */
function loadBoth(
  { store, runs }: Environment,
  ctx: RunContext,
  threadId: string,
  itemId: string | undefined,
): { thread: Awaitable<ThreadMetadata>; sender: Awaitable<Sender | undefined> } {
  const thread = store.loadThread(ctx, threadId);
  if (itemId === undefined) return { thread, sender: undefined };
  const loadSender = (): Awaitable<Sender> =>
    chain(runs.share(threadKey(ctx.owner, threadId), itemId), () =>
      chain(store.loadItem(ctx, threadId, itemId), asSender),
    );
  if (!isPromise(thread)) return { thread, sender: loadSender() };
  const sender = (async () => loadSender())();
  sender.catch(() => undefined);
  return { thread, sender };
}

function asSender({ item, version }: StoredItem): Sender {
  if (item.type === 'widget') return { item, version };
  throw new BadRequestError(
    `params.item_id: an action comes from a widget; item "${item.id}" is of type ${item.type}.`,
    { code: 'sender_not_a_widget', issues: [{ path: 'params.item_id', message: 'must name a widget' }] },
  );
}

function unknownAction({ table, nearestAction }: Environment, ctx: RunContext, name: string): ChatError {
  const streaming = table.action(name);
  // Only in development, since clients could send many unknown names and the search costs time.
  const meant = ctx.services.check === true && streaming === undefined ? nearestAction(name) : undefined;
  ctx.log.warn(
    { code: 'unknown_action', fix: fixFor(streaming?.where, meant) },
    streaming === undefined ? 'an action has no handler' : 'an action has no sync handler',
  );
  return new ChatError(`The action "${shortName(name)}" is not available.`, 404, 'unknown_action');
}

/**
 * @param streaming the streaming handler of this action, if there is one
 * @param meant the name of a handler that resembles the action's name
 */
function fixFor(streaming: string | undefined, meant: string | undefined): string {
  if (streaming !== undefined)
    return `${streaming} is a streaming handler: leave \`streaming: false\` out of the widget.`;
  const add = 'Add a method with @OnAction and this name, and list its class in `controllers`.';
  return meant === undefined ? add : `Did you mean "${meant}"? Send that name. Otherwise: ${add}`;
}
