import {
  ChatController,
  CustomStreamError,
  OnAction,
  OnFeedback,
  OnMessage,
  OnStreamCancelled,
  OnTranscribe,
  StreamError,
  StreamOptions,
  streamWidget,
  type AudioInput,
  type Attachment,
  type ChatContext,
  type Class,
  type FeedbackInput,
  type HandlerEvent,
  type StreamOptionsValue,
  type ThreadItem,
  type ThreadMetadata,
  type UserMessageItem,
} from '../../src';
import { serialiseItem } from '../../src/protocol';
import type { Problem, Hook, Json, JsonObject, Step } from './language';
import type { Script } from './script';

type Ctx = ChatContext<Script>;

/** The controllers that do what a request's script says; `without` the hooks that are left out. */
export function scriptedControllers(without: readonly Hook[]): Class[] {
  @ChatController()
  class Base {
    @OnMessage()
    async *respond(message: UserMessageItem | null, ctx: Ctx): AsyncGenerator<HandlerEvent> {
      yield* perform(ctx, { message });
    }

    @StreamOptions()
    options(_: unknown, { requestContext: { settings } }: Ctx): StreamOptionsValue {
      return { allow_cancel: settings.allow_cancel ?? true };
    }
  }

  @ChatController()
  class Actions {
    @OnAction(/[^]*/, { payload: 'unchecked' })
    async *act(_: unknown, ctx: Ctx): AsyncGenerator<HandlerEvent> {
      yield* perform(ctx, { action: ctx.action, sender: ctx.sender });
    }
  }

  @ChatController()
  class SyncActions {
    @OnAction(/[^]*/, { payload: 'unchecked', sync: true })
    async act(_: unknown, ctx: Ctx): Promise<ThreadItem | undefined> {
      const result = await answer(ctx, { action: ctx.action, sender: ctx.sender });
      return result === null || result === undefined ? undefined : withThread(result as JsonObject, ctx);
    }
  }

  @ChatController()
  class Feedback {
    @OnFeedback()
    async rate({ item_ids, kind }: FeedbackInput, ctx: Ctx): Promise<void> {
      ctx.requestContext.log.push({ feedback: { thread_id: ctx.thread.id, item_ids, kind } });
      await answer(ctx, {});
    }
  }

  @ChatController()
  class Transcription {
    @OnTranscribe()
    async transcribe({ data, mime_type, media_type }: AudioInput, ctx: Ctx): Promise<string> {
      ctx.requestContext.log.push({ transcribe: { mime_type, media_type, data: [...data] } });
      return (await answer(ctx, {})) as string;
    }
  }

  const optional: [Hook, Class][] = [
    ['action', Actions],
    ['sync', SyncActions],
    ['feedback', Feedback],
    ['transcribe', Transcription],
  ];
  return [Base, ...optional.filter(([hook]) => !without.includes(hook)).map(([, controller]) => controller)];
}

/** For requests whose script says what is done when the stream is cut off. */
@ChatController()
export class CancelledHook {
  @OnStreamCancelled()
  async cancelled(pending: ThreadItem[], ctx: Ctx): Promise<void> {
    const { log, settings } = ctx.requestContext;
    log.push({ cancelled: pending.map((item) => JSON.parse(serialiseItem(item)) as Json) });
    for (const step of settings.cancelled ?? []) await act(step, ctx);
  }
}

type Known = Record<string, unknown>;

async function* perform(ctx: Ctx, known: Known): AsyncGenerator<HandlerEvent> {
  const { steps, released } = ctx.requestContext;
  for (const step of steps) {
    if ('emit' in step) yield completed(step.emit, ctx) as unknown as HandlerEvent;
    else if ('widgets' in step) {
      const states = step.widgets as { type: string }[];
      yield streamWidget(() => states, step.copyText === undefined ? {} : { copyText: step.copyText });
    } else if ('tell' in step) {
      yield { type: 'client_effect', name: step.tell, data: await tell(step.tell, ctx, known) };
    } else if ('pause' in step) {
      yield { type: 'progress_update', text: 'paused' };
      await Promise.race([released, aborted(ctx.signal)]);
      ctx.signal.throwIfAborted();
    } else await act(step, ctx);
  }
}

/** The steps of a handler that answers with one value. */
async function answer(ctx: Ctx, known: Known): Promise<Json | undefined> {
  const { steps, log } = ctx.requestContext;
  for (const step of steps) {
    if ('return' in step) return step.return;
    if ('tell' in step) log.push({ [step.tell]: (await tell(step.tell, ctx, known)) as JsonObject });
    else await act(step, ctx);
  }
  return undefined;
}

/** A step that yields nothing. */
async function act(step: Step, ctx: Ctx): Promise<void> {
  if ('throw' in step) throw toError(step.throw);
  else if ('thread' in step) changeThread(step.thread, ctx);
  else if ('add' in step) await ctx.store.saveItem(withThread(step.add, ctx));
  else if ('save' in step) await ctx.store.saveItem(withThread(step.save, ctx));
  else if ('delete' in step) {
    forget(step.delete, ctx);
    await ctx.store.deleteItem(ctx.thread.id, step.delete);
  } else if ('attach' in step) await ctx.store.saveAttachment(step.attach as unknown as Attachment);
  else throw new Error(`No such step: ${JSON.stringify(step)}`);
}

function toError(problem: Problem): Error {
  if ('other' in problem) return new Error(problem.other);
  const options = problem.retry === undefined ? {} : { allowRetry: problem.retry };
  return 'custom' in problem
    ? new CustomStreamError(problem.custom, options)
    : new StreamError(problem.stream, options);
}

function changeThread(changes: JsonObject, { thread }: Ctx): void {
  for (const [name, value] of Object.entries(changes)) {
    Object.assign(thread, { [name]: value ?? undefined });
  }
}

/** An item without a time has the one with which it was first made. */
function withThread(item: JsonObject, { thread, requestContext: { times } }: Ctx): ThreadItem {
  const id = item['id'] as string;
  const key = `${thread.id} ${id}`;
  const created_at = times.get(key) ?? new Date().toISOString();
  times.set(key, created_at);
  return { thread_id: thread.id, created_at, ...item } as unknown as ThreadItem;
}

/** What comes back after it was removed is new. */
function forget(itemId: string, { thread, requestContext: { times } }: Ctx): void {
  times.delete(`${thread.id} ${itemId}`);
}

/** The event with what scripts leave out. */
function completed(event: JsonObject, ctx: Ctx): JsonObject {
  if (event['type'] === 'thread.item.removed') forget(event['item_id'] as string, ctx);
  const { id, created_at } = ctx.thread;
  if ('thread' in event) return { ...event, thread: { ...(event['thread'] as object), id, created_at } };
  return 'item' in event
    ? { ...event, item: withThread(event['item'] as JsonObject, ctx) as unknown as JsonObject }
    : event;
}

async function tell(what: string, ctx: Ctx, known: Known): Promise<Record<string, unknown>> {
  if (what === 'thread') return withoutNulls(ctx.thread);
  if (what === 'items') {
    const { data } = await ctx.store.listItems(ctx.thread.id, { limit: 100, order: 'asc' });
    return { items: data };
  }
  return { ...(known[what] as object | null) };
}

/** As it would be sent: fields that are null are as good as absent. */
function withoutNulls({ metadata, ...fields }: ThreadMetadata): Record<string, unknown> {
  const text = JSON.stringify(fields, (_, field: unknown) => field ?? undefined);
  return { ...(JSON.parse(text) as object), metadata };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
