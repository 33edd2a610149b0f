import type {
  ActionConfig,
  ActionRequest,
  CustomActionParams,
  Page,
  StructuredInputSubmission,
  Thread,
  VisibleItem,
} from '../protocol';
import type { Connection } from './connection';
import type { EventStream } from './event-stream';
import { type MessageInput, toUserMessageInput } from './message-input';
import type { PageInput } from './operations';
import type { CallOptions } from './options';
import { paginate } from './paginate';

/** The action to send: an action config taken from a widget, or a type and a payload. */
export type ActionInput = ActionRequest | ActionConfig;

/** Options of a call that sends an action. */
export interface ActionCallOptions extends CallOptions {
  /** The widget item that the action comes from; leave it out for an action of the page itself. */
  itemId?: string | undefined;
}

/**
 * The operations on threads. Those that return an {@link EventStream} send nothing until it is read.
 * All may throw a `ChatKitClientError`: 404 if the thread or item does not exist or is another user's.
 */
export class ThreadsApi {
  /** @internal */
  constructor(private readonly connection: Connection) {}

  /**
   * Creates a thread with its first message; the first event is `thread.created`.
   *
   * @example for await (const event of client.threads.create('Hello')) …
   */
  create(input: MessageInput, call?: CallOptions): EventStream {
    return this.connection.stream('threads.create', { input: toUserMessageInput(input) }, call);
  }

  /** Sends the next message of a thread. */
  addUserMessage(threadId: string, input: MessageInput, call?: CallOptions): EventStream {
    const params = { thread_id: threadId, input: toUserMessageInput(input) };
    return this.connection.stream('threads.add_user_message', params, call);
  }

  /**
   * Sends the result of the thread's pending `client_tool_call`: any JSON value.
   *
   * @throws ChatKitClientError 409 if no call is pending
   */
  addClientToolOutput(threadId: string, result: unknown, call?: CallOptions): EventStream {
    // JSON leaves out `undefined`, but `result` is required.
    const params = { thread_id: threadId, result: result ?? null };
    return this.connection.stream('threads.add_client_tool_output', params, call);
  }

  /**
   * Sends the user's answers to a pending `structured_input` item, by the ids of its inputs.
   *
   * @throws ChatKitClientError 409 if the item is not pending
   * @example
   * client.threads.addStructuredInput(thread.id, item.id, { size: ['L'] });
   * client.threads.addStructuredInput(thread.id, item.id, 'skipped');
   */
  addStructuredInput(
    threadId: string,
    itemId: string,
    answers: StructuredInputSubmission | Record<string, readonly string[]> | 'skipped',
    call?: CallOptions,
  ): EventStream {
    const params = { thread_id: threadId, item_id: itemId, input: toSubmission(answers) };
    return this.connection.stream('threads.add_structured_input', params, call);
  }

  /**
   * Has a user message answered again. All items after it are deleted, without `thread.item.removed`
   * events; see `dropItemsAfter`.
   *
   * @throws ChatKitClientError 409 if the item is not a user message
   */
  retryAfterItem(threadId: string, itemId: string, call?: CallOptions): EventStream {
    const params = { thread_id: threadId, item_id: itemId };
    return this.connection.stream('threads.retry_after_item', params, call);
  }

  /**
   * Sends an action, as a click in a widget does.
   *
   * @example client.threads.action(thread.id, { type: 'item.select', payload: { id: 'a' } }, { itemId: item.id })
   */
  action(threadId: string, action: ActionInput, call: ActionCallOptions = {}): EventStream {
    return this.connection.stream('threads.custom_action', toActionParams(threadId, action, call), call);
  }

  /** Sends a sync action, which changes its widget only. It may run while a stream is open. */
  syncAction(
    threadId: string,
    action: ActionInput,
    call: ActionCallOptions = {},
  ): Promise<{ updated_item?: VisibleItem }> {
    return this.connection.send('threads.sync_custom_action', toActionParams(threadId, action, call), call);
  }

  /** Fetches a thread with its first 20 items, the oldest first; `client.items.list` fetches the others. */
  get(threadId: string, call?: CallOptions): Promise<Thread> {
    return this.connection.send('threads.get_by_id', { thread_id: threadId }, call);
  }

  /** Fetches one page of the user's threads, without their items. */
  list(page: PageInput = {}, call?: CallOptions): Promise<Page<Thread>> {
    return this.connection.send('threads.list', page, call);
  }

  /**
   * Iterates over all of the user's threads. Pages are fetched as the loop needs them; `limit` is their size.
   *
   * @example for await (const { id, title } of client.threads.iterate()) …
   */
  iterate(page: PageInput = {}, call?: CallOptions): AsyncGenerator<Thread, void, undefined> {
    return paginate((after) => this.list({ ...page, after }, call), page.after);
  }

  /** Sets a thread's title. */
  update(threadId: string, changes: { title: string }, call?: CallOptions): Promise<Thread> {
    return this.connection.send('threads.update', { thread_id: threadId, title: changes.title }, call);
  }

  /** Deletes a thread with its items, and stops its run. */
  async delete(threadId: string, call?: CallOptions): Promise<void> {
    await this.connection.send('threads.delete', { thread_id: threadId }, call);
  }
}

function toActionParams(
  thread_id: string,
  { type, payload }: ActionInput,
  { itemId }: ActionCallOptions,
): CustomActionParams {
  return { thread_id, item_id: itemId, action: { type, payload } };
}

function toSubmission(
  answers: StructuredInputSubmission | Record<string, readonly string[]> | 'skipped',
): StructuredInputSubmission {
  if (answers === 'skipped') return { status: 'skipped', answers: {} };
  if (isSubmission(answers)) return answers;
  const given = Object.entries(answers).map(([id, values]) => [id, { values: [...values], skipped: false }]);
  return { status: 'answered', answers: Object.fromEntries(given) as StructuredInputSubmission['answers'] };
}

/** An input may have the id `status`, but then its value is an array, not a string. */
function isSubmission(
  answers: StructuredInputSubmission | Record<string, readonly string[]>,
): answers is StructuredInputSubmission {
  return typeof answers.status === 'string';
}
