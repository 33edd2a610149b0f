import {
  completeToolCall,
  createThreadState,
  dropItemsAfter,
  endStream,
  reduceThread,
  type ChatKitClient,
  type EventStream,
  type MessageInput,
  type ThreadState,
} from '../../client';
import type { RequestContext } from '../../context';
import type { StructuredInputSubmission, ThreadItem, ThreadStreamEvent, VisibleItem } from '../../protocol';
import type { ActionDefinition } from '../../widgets';
import type { LogLine } from '../recorded-log';
import type { Backend } from './backend';
import type { RunOptions, TestUser } from './options';
import { readRun } from './read-run';
import { toResult, type ChatResult } from './result';
import { ChatRunError } from './run-error';
import { sending, type ActionOptions } from './sent-request';

/**
 * A user with one thread, as in a page; see `testChat`. Its methods send requests through the whole app:
 * parsing, guards, validation, handler, pipeline, store, event stream. If the app refuses a request, the
 * method rejects with a `ChatKitClientError`. An error inside a run is an event, and `error` of the result.
 */
export class TestChat<TContext = RequestContext> {
  /** For everything that has no method here: attachments, transcription, lists. */
  readonly client: ChatKitClient;

  /** @internal */
  constructor(
    private readonly backend: Backend<TContext>,
    private readonly user: TestUser<TContext>,
    private state: ThreadState = createThreadState(),
  ) {
    this.client = backend.client(user);
  }

  /** The app: `chat.app.as(user)`, `chat.app.check()`. */
  get app(): Backend<TContext>['app'] {
    return this.backend.app;
  }

  /** The thread as the page shows it now. */
  get thread(): ThreadState {
    return this.state;
  }

  /**
   * The id of the thread.
   *
   * @throws Error when there is no thread yet
   */
  get threadId(): string {
    const { thread } = this.state;
    if (thread === undefined) throw new Error('There is no thread yet: `send` creates one.');
    return thread.id;
  }

  /** Everything that the app has logged; empty if the app has its own logger. */
  get logs(): readonly LogLine[] {
    return this.backend.logs;
  }

  /**
   * Sends a message. The first one creates the thread.
   *
   * @example
   * const { messages } = await chat.send('hello');
   * await chat.send({ content: 'Fast', inference_options: { model: 'm1' } }, { hangUpAfter: 3 });
   */
  send(message: MessageInput, options?: RunOptions): Promise<ChatResult> {
    const { threads } = this.client;
    const { thread } = this.state;
    return this.run(
      thread === undefined
        ? threads.create(message, options)
        : threads.addUserMessage(thread.id, message, options),
      options,
    );
  }

  /**
   * Sends an action, like a click in a widget: by its definition, with a payload that the compiler checks, or
   * by its name. If there is no thread, an empty one is stored first.
   *
   * @example
   * await chat.action(selectItem, { id: 'a' });
   * await chat.action('item.select', { id: 'a' }, { sender: { type: 'ListView' } });
   */
  // The payload is a separate parameter: in a conditional tuple, TypeScript widens literals such as 'feed' to
  // string.
  action<TInput>(
    definition: ActionDefinition<TInput, unknown, string, false>,
    payload: NoInfer<TInput>,
    options?: ActionOptions & RunOptions,
  ): Promise<ChatResult>;
  action(
    definition: ActionDefinition<undefined, unknown, string, false>,
    payload?: undefined,
    options?: ActionOptions & RunOptions,
  ): Promise<ChatResult>;
  action(name: string, payload?: unknown, options?: ActionOptions & RunOptions): Promise<ChatResult>;
  async action(
    action: string | Pick<ActionDefinition, 'action'>,
    payload?: unknown,
    options: ActionOptions & RunOptions = {},
  ): Promise<ChatResult> {
    const threadId = await this.ensureThread();
    const { request, itemId } = sending(this.state.items, { action, payload, sync: false }, options);
    return this.run(this.client.threads.action(threadId, request, { ...options, itemId }), options);
  }

  /**
   * Sends a sync action, like a widget with `streaming: false`.
   *
   * @throws ChatKitClientError also for errors of its handler, because there is no stream for error events
   */
  syncAction<TInput>(
    definition: ActionDefinition<TInput, unknown, string, true>,
    payload: NoInfer<TInput>,
    options?: ActionOptions,
  ): Promise<ChatResult>;
  syncAction(
    definition: ActionDefinition<undefined, unknown, string, true>,
    payload?: undefined,
    options?: ActionOptions,
  ): Promise<ChatResult>;
  syncAction(name: string, payload?: unknown, options?: ActionOptions): Promise<ChatResult>;
  async syncAction(
    action: string | Pick<ActionDefinition, 'action'>,
    payload?: unknown,
    options: ActionOptions = {},
  ): Promise<ChatResult> {
    const threadId = await this.ensureThread();
    const { request, itemId } = sending(this.state.items, { action, payload, sync: true }, options);
    const finish = await this.begin();
    const { updated_item: updated } = await this.client.threads.syncAction(threadId, request, {
      ...options,
      itemId,
    });
    if (updated !== undefined) this.take({ type: 'thread.item.replaced', item: updated });
    return finish([], updated);
  }

  /** Answers a user message again, by default the last one. All later items are deleted. */
  retry(message?: { id: string }, options?: RunOptions): Promise<ChatResult> {
    const { id } = message ?? this.newest('user_message');
    return this.run(this.client.threads.retryAfterItem(this.threadId, id, options), options, (state) =>
      dropItemsAfter(state, id),
    );
  }

  /** Sends the result of the client tool that the pending call asked for: any JSON. */
  toolOutput(result: unknown, options?: RunOptions): Promise<ChatResult> {
    return this.run(
      this.client.threads.addClientToolOutput(this.threadId, result, options),
      options,
      (state) => completeToolCall(state, result),
    );
  }

  /** Answers the newest structured input by the ids of its questions, or skips it. */
  answer(
    answers: StructuredInputSubmission | Record<string, readonly string[]> | 'skipped',
    options?: RunOptions,
  ): Promise<ChatResult> {
    const { id } = this.newest('structured_input');
    return this.run(this.client.threads.addStructuredInput(this.threadId, id, answers, options), options);
  }

  /** Sends thumbs up or down for an item, by default for the assistant's newest message. */
  async feedback(kind: 'positive' | 'negative', item?: { id: string }): Promise<void> {
    const { id } = item ?? this.newest('assistant_message');
    await this.client.items.feedback(this.threadId, [id], kind);
  }

  /** All items of the thread in the store, including hidden ones, the oldest first. */
  items(): Promise<ThreadItem[]> {
    return this.backend.items(this.user, this.threadId);
  }

  /** Another user of the same app, without a thread. */
  as(user: TestUser<TContext>): TestChat<TContext> {
    return new TestChat(this.backend, user);
  }

  /** The same user without a thread; the first `send` creates one. */
  newThread(): TestChat<TContext> {
    return new TestChat(this.backend, this.user);
  }

  /**
   * The same user with an existing thread, loaded as a page loads it.
   *
   * @throws ChatKitClientError 404 when it does not exist, or belongs to another user
   */
  async open(threadId: string): Promise<TestChat<TContext>> {
    const { threads, items } = this.client;
    const thread = await threads.get(threadId);
    const all: VisibleItem[] = [];
    for await (const item of items.iterate(threadId, { order: 'asc', limit: 100 })) all.push(item);
    return new TestChat(this.backend, this.user, createThreadState(thread, all));
  }

  /** Closes the app. Only needed with a store that must be closed; this does not close the store. */
  close(): Promise<void> {
    return this.backend.close();
  }

  /** @param accepted changes the thread as the request does without an event, once it is accepted */
  private async run(
    stream: EventStream,
    options: RunOptions = {},
    accepted: (state: ThreadState) => ThreadState = (state) => state,
  ): Promise<ChatResult> {
    const finish = await this.begin();
    let accept: typeof accepted | undefined = accepted;
    const events = await readRun(stream, options, (event) => {
      if (accept !== undefined) this.state = accept(this.state);
      accept = undefined;
      this.take(event);
    });
    this.state = endStream(this.state);
    if (options.hangUpAfter !== undefined) await this.backend.whenEnded(this.user, this.threadId);
    const result = await finish(events);
    const { throwOnError = this.backend.options.throwOnError } = options;
    if (throwOnError === true && result.error !== undefined) throw new ChatRunError(result.error, result);
    return result;
  }

  /** Records the state before a request. The returned function creates the result from the state after it. */
  private async begin(): Promise<
    (events: readonly ThreadStreamEvent[], updated?: VisibleItem) => Promise<ChatResult>
  > {
    const before = this.state.thread === undefined ? [] : await this.items();
    const logged = this.logs.length;
    return async (events, updated) => {
      const items = this.state.thread === undefined ? [] : await this.items();
      return toResult({ events, updated, thread: this.state, before, items, logs: this.logs.slice(logged) });
    };
  }

  private take(event: ThreadStreamEvent): void {
    this.state = reduceThread(this.state, event);
  }

  private async ensureThread(): Promise<string> {
    if (this.state.thread === undefined) {
      const id = await this.backend.createThread(this.user);
      this.state = createThreadState(await this.client.threads.get(id));
    }
    return this.threadId;
  }

  private newest(type: VisibleItem['type']): VisibleItem {
    const item = this.state.items.findLast((each) => each.type === type);
    if (item === undefined) throw new Error(`The thread has no item of type ${type}.`);
    return item;
  }
}
