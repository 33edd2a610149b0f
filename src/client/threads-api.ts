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

/** What is sent: an action of a widget as it stands there, or a name and a payload. */
export type ActionInput = ActionRequest | ActionConfig;

/** Options of a call that sends an action. */
export interface ActionCallOptions extends CallOptions {
  /** The widget item that the action comes from; without it, it comes from the page itself. */
  itemId?: string | undefined;
}

/**
 * The operations on threads. Those that return an {@link EventStream} send nothing until it is read.
 * All may throw a `ChatKitClientError`: 404 for what is not there, or belongs to another user.
 */
export class ThreadsApi {
  /** @internal */
  constructor(private readonly connection: Connection) {}

  /**
   * A new thread with its first message; its first event is `thread.created`.
   *
   * @example for await (const event of client.threads.create('Hello')) …
   */
  create(input: MessageInput, call?: CallOptions): EventStream {
    return this.connection.stream('threads.create', { input: toUserMessageInput(input) }, call);
  }

  /** The next message of a thread. */
  addUserMessage(threadId: string, input: MessageInput, call?: CallOptions): EventStream {
    const params = { thread_id: threadId, input: toUserMessageInput(input) };
    return this.connection.stream('threads.add_user_message', params, call);
  }

  /**
   * What the tool returned that the thread's pending `client_tool_call` asked for: any JSON.
   *
   * @throws ChatKitClientError 409 where no call is pending
   */
  addClientToolOutput(threadId: string, result: unknown, call?: CallOptions): EventStream {
    // Undefined would be left out of the JSON, and a result must be there.
    const params = { thread_id: threadId, result: result ?? null };
    return this.connection.stream('threads.add_client_tool_output', params, call);
  }

  /**
   * The user's answers to a pending `structured_input` item, by the ids of its inputs.
   *
   * @throws ChatKitClientError 409 where the item is not pending
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
   * Answers a user message anew; everything after it is deleted, without an event for each.
   *
   * @throws ChatKitClientError 409 where the item is no user message
   */
  retryAfterItem(threadId: string, itemId: string, call?: CallOptions): EventStream {
    const params = { thread_id: threadId, item_id: itemId };
    return this.connection.stream('threads.retry_after_item', params, call);
  }

  /**
   * Fires an action, as a click in a widget does.
   *
   * @example client.threads.action(thread.id, { type: 'item.select', payload: { id: 'a' } }, { itemId: item.id })
   */
  action(threadId: string, action: ActionInput, call: ActionCallOptions = {}): EventStream {
    return this.connection.stream('threads.custom_action', toActionParams(threadId, action, call), call);
  }

  /** Fires an action that changes its widget and nothing else; it may run beside a stream. */
  syncAction(
    threadId: string,
    action: ActionInput,
    call: ActionCallOptions = {},
  ): Promise<{ updated_item?: VisibleItem }> {
    return this.connection.send('threads.sync_custom_action', toActionParams(threadId, action, call), call);
  }

  /** A thread with its first 20 items, the oldest first; `client.items.list` has the others. */
  get(threadId: string, call?: CallOptions): Promise<Thread> {
    return this.connection.send('threads.get_by_id', { thread_id: threadId }, call);
  }

  /** One page of the user's threads, without their items. */
  list(page: PageInput = {}, call?: CallOptions): Promise<Page<Thread>> {
    return this.connection.send('threads.list', page, call);
  }

  /**
   * All of the user's threads, fetched as the loop goes on; `limit` is the size of a page.
   *
   * @example for await (const { id, title } of client.threads.iterate()) …
   */
  iterate(page: PageInput = {}, call?: CallOptions): AsyncGenerator<Thread, void, undefined> {
    return paginate((after) => this.list({ ...page, after }, call), page.after);
  }

  /** Gives a thread a title. */
  update(threadId: string, changes: { title: string }, call?: CallOptions): Promise<Thread> {
    return this.connection.send('threads.update', { thread_id: threadId, title: changes.title }, call);
  }

  /** Deletes a thread with all that is in it, and stops its run. */
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

/** An input may be called `status`, but its answers are a list. */
function isSubmission(
  answers: StructuredInputSubmission | Record<string, readonly string[]>,
): answers is StructuredInputSubmission {
  return typeof answers.status === 'string';
}
