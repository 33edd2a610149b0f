import {
  completeToolCall,
  createThreadState,
  dropItemsAfter,
  endStream,
  type ChatKitClient,
  type EventStream,
  type MessageParts,
  type StructuredInputSubmission,
  type ThreadStreamEvent,
  type VisibleItem,
} from 'chatkit-controllers/client';
import { afterEvent, withCall } from './after-event';
import { fireAction, type Firing } from './fire-action';
import { NO_CHAT, type ChatState, type Outgoing, type PageCall, type Place } from './chat-state';
import { PerFrame } from './frames';
import { problemOf, told } from './problem';
import { Store } from './store';

/** The number of items per page of history. */
const PAGE = 30;
/** The interval of polling a run that continues without this page, in milliseconds. */
const POLL = 1_000;

/** Callbacks of a session. */
export interface SessionEvents {
  /** Called when a thread was added or changed. */
  onThread(): void;
  /** Called when another thread is shown. */
  onOpen(threadId: string | undefined): void;
  /** Whether the server is still running an answer in this thread. */
  isRunning(threadId: string): Promise<boolean>;
  /** Called when a run has ended. */
  onRunEnd(threadId: string | undefined): void;
}

/** The state of one chat, its thread and its stream, and the operations on it. */
export class ChatSession {
  /** The state that components watch; at most one frame behind `now`. */
  readonly shown = new Store<ChatState>(NO_CHAT);
  private now: ChatState = NO_CHAT;
  private readonly frame = new PerFrame(() => this.shown.set(this.now));
  private stream: AbortController | undefined;
  private olderPage: Promise<void> | undefined;

  constructor(
    readonly client: ChatKitClient,
    private readonly events: SessionEvents,
  ) {}

  get state(): ChatState {
    return this.now;
  }

  /** Changes the state; components see the change in the next frame. */
  change(change: Partial<ChatState>): void {
    this.now = { ...this.now, ...change };
    this.frame.ask();
  }

  /** Shows a thread, or the start of a new one. */
  async open(threadId: string | undefined): Promise<void> {
    this.stop();
    this.now = { ...NO_CHAT, threadId, loading: threadId !== undefined, calls: this.now.calls };
    this.frame.ask();
    this.frame.flush();
    this.events.onOpen(threadId);
    if (threadId !== undefined) await this.load(threadId);
  }

  /** Fetches the thread again, for example after a restart of the server. */
  async reload(): Promise<void> {
    const { threadId } = this.now;
    if (threadId !== undefined && this.stream === undefined) await this.load(threadId);
  }

  private async load(threadId: string): Promise<void> {
    await this.fetch(threadId);
    if (this.now.loadProblem === undefined) await this.follow(threadId);
  }

  /** Polls the thread of a run that started before the page was loaded, since its stream is lost. */
  private async follow(threadId: string): Promise<void> {
    const isHere = (): boolean => this.now.threadId === threadId && this.stream === undefined;
    while (isHere() && (await this.events.isRunning(threadId).catch(() => false))) {
      if (isHere()) this.change({ runsOn: true });
      await new Promise((resolve) => setTimeout(resolve, POLL));
      if (isHere()) await this.fetch(threadId);
    }
    if (!this.now.runsOn || this.now.threadId !== threadId) return;
    this.change({ runsOn: false });
    if (isHere()) await this.fetch(threadId);
    this.events.onRunEnd(threadId);
  }

  private async fetch(threadId: string): Promise<void> {
    try {
      const [thread, page] = await Promise.all([
        this.client.threads.get(threadId),
        this.client.items.list(threadId, { limit: PAGE, order: 'desc' }),
      ]);
      if (this.now.threadId !== threadId) return;
      this.change({
        thread: createThreadState(thread, page.data.toReversed()),
        older: page.has_more ? page.after : undefined,
        loading: false,
        loadProblem: undefined,
      });
    } catch (error) {
      if (this.now.threadId === threadId) this.change({ loading: false, loadProblem: problemOf(error) });
    }
  }

  loadOlder(): Promise<void> {
    this.olderPage ??= this.fetchOlder().finally(() => {
      this.olderPage = undefined;
    });
    return this.olderPage;
  }

  private async fetchOlder(): Promise<void> {
    const { threadId, older } = this.now;
    if (threadId === undefined || older === undefined) return;
    this.change({ loadingOlder: true });
    try {
      const page = await this.client.items.list(threadId, { limit: PAGE, order: 'desc', after: older });
      if (this.now.threadId !== threadId) return;
      const { thread } = this.now;
      const known = new Set(thread.items.map(({ id }) => id));
      const items = [...page.data.toReversed().filter(({ id }) => !known.has(id)), ...thread.items];
      const after = page.has_more ? page.after : undefined;
      this.change({ thread: { ...thread, items }, older: after, loadingOlder: false });
    } catch (error) {
      this.change({ loadingOlder: false, problem: problemOf(error) });
    }
  }

  /** Loads older pages until an item is found, or there are no more. */
  async loadUntil(isFound: (item: VisibleItem) => boolean): Promise<void> {
    const { threadId } = this.now;
    while (this.now.older !== undefined && this.now.threadId === threadId) {
      const { older, thread } = this.now;
      if (thread.items.some(isFound)) return;
      await this.loadOlder();
      if (this.now.older === older) return; // loading failed
    }
  }

  /** Sends a message; resolves with whether the server accepted it. */
  async send(message: MessageParts, outgoing: Outgoing): Promise<boolean> {
    const { threadId, thread } = this.now;
    // Notices belong to the previous turn.
    this.change({ outgoing, problem: undefined, thread: { ...thread, notices: [] } });
    return threadId === undefined
      ? this.run('threads.create', (signal) => this.client.threads.create(message, { signal }))
      : this.run('threads.add_user_message', (signal) =>
          this.client.threads.addUserMessage(threadId, message, { signal }),
        );
  }

  /** Has a user message answered again. */
  async retry(itemId: string): Promise<void> {
    const { threadId, thread } = this.now;
    if (threadId === undefined) return;
    this.change({ thread: { ...dropItemsAfter(thread, itemId), error: undefined }, problem: undefined });
    await this.run('threads.retry_after_item', (signal) =>
      this.client.threads.retryAfterItem(threadId, itemId, { signal }),
    );
  }

  async answerTool(result: unknown): Promise<void> {
    const { threadId, thread } = this.now;
    if (threadId === undefined) return;
    this.change({ thread: completeToolCall(thread, result) });
    await this.run('threads.add_client_tool_output', (signal) =>
      this.client.threads.addClientToolOutput(threadId, result, { signal }),
    );
  }

  async answerInput(itemId: string, input: StructuredInputSubmission): Promise<void> {
    const { threadId } = this.now;
    if (threadId === undefined) return;
    await this.run('threads.add_structured_input', (signal) =>
      this.client.threads.addStructuredInput(threadId, itemId, input, { signal }),
    );
  }

  async rate(itemIds: readonly string[], kind: 'positive' | 'negative'): Promise<void> {
    const { threadId } = this.now;
    if (threadId === undefined) return;
    try {
      await this.client.items.feedback(threadId, itemIds, kind);
      const rated = Object.fromEntries(itemIds.map((id) => [id, kind]));
      this.change({ feedback: { ...this.now.feedback, ...rated } });
    } catch (error) {
      this.change({ problem: problemOf(error) });
    }
  }

  /** Sends an action of a widget, or lets the page handle it. */
  fire(firing: Firing): Promise<void> {
    return fireAction(this, firing);
  }

  /** Stops the current stream; what has been received stays. */
  stop(): void {
    this.stream?.abort();
  }

  /** Records a call to the page. */
  called(call: Omit<PageCall, 'id'>): void {
    this.change(withCall(this.now, call));
  }

  /**
   * Reads a stream into the state.
   *
   * @param place the clicked component, if there is one; an error is shown there
   * @returns whether the server accepted the request
   */
  async run(operation: string, open: (signal: AbortSignal) => EventStream, place?: Place): Promise<boolean> {
    if (this.stream !== undefined) {
      this.change({ outgoing: undefined, problem: told('Wait until the answer has ended, or stop it.') });
      return false;
    }
    const controller = new AbortController();
    this.stream = controller;
    this.change({ streaming: operation, problem: undefined, runsOn: false });
    let taken = false;
    try {
      for await (const event of open(controller.signal)) {
        if (controller.signal.aborted) break;
        taken = true;
        this.take(event, place);
      }
    } catch (error) {
      if (!controller.signal.aborted) this.failed(error, place);
    } finally {
      if (this.stream === controller) this.stream = undefined;
      this.ended(controller);
    }
    return taken;
  }

  private ended({ signal }: AbortController): void {
    const { thread, threadId, streaming } = this.now;
    // Another thread may have been opened in the meantime.
    if (this.stream !== undefined || streaming === undefined) return;
    this.change({ thread: endStream(thread), streaming: undefined, outgoing: undefined });
    this.frame.flush();
    this.events.onRunEnd(threadId);
    // A stopped run may have stored something else than it has sent.
    if (signal.aborted && threadId !== undefined) setTimeout(() => void this.reload(), 300);
  }

  private take(event: ThreadStreamEvent, place: Place | undefined): void {
    if (event.type === 'error' && place !== undefined) {
      this.actionFailed(place, event.message ?? 'Something went wrong on the server.', event.code);
      return;
    }
    this.change(afterEvent(this.now, event));
    if (event.type === 'thread.created') this.events.onOpen(this.now.threadId);
    if (event.type === 'thread.created' || event.type === 'thread.updated') this.events.onThread();
  }

  private failed(error: unknown, place: Place | undefined): void {
    const problem = problemOf(error);
    if (place === undefined) this.change({ problem });
    else
      this.change({
        actionProblems: { ...this.now.actionProblems, [place.itemId]: { ...problem, path: place.path } },
      });
  }

  /** Shows the error of an action at the clicked component. */
  actionFailed({ itemId, path }: Place, message: string, code?: string): void {
    const problem = { ...told(message), code, path };
    this.change({ actionProblems: { ...this.now.actionProblems, [itemId]: problem } });
  }
}
