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

/** How many items a page of history has. */
const PAGE = 30;
/** Between two looks at a run that goes on without this page, in milliseconds. */
const POLL = 1_000;

/** What others want to know of a session. */
export interface SessionEvents {
  /** A thread has come or changed. */
  onThread(): void;
  /** Another thread is shown. */
  onOpen(threadId: string | undefined): void;
  /** Whether the server goes on with an answer in this thread. */
  isRunning(threadId: string): Promise<boolean>;
  /** A run has ended. */
  onRunEnd(threadId: string | undefined): void;
}

/** One chat as it is shown: its thread, what streams, what failed. */
export class ChatSession {
  /** What components watch; behind `now` by a frame at most. */
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

  /** Changes the state; components see it with the next frame. */
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

  /** Fetches the thread again, as after a restart of the server. */
  async reload(): Promise<void> {
    const { threadId } = this.now;
    if (threadId !== undefined && this.stream === undefined) await this.load(threadId);
  }

  private async load(threadId: string): Promise<void> {
    await this.fetch(threadId);
    if (this.now.loadProblem === undefined) await this.follow(threadId);
  }

  /** Shows what comes of a run that goes on since before the page was loaded: its stream is gone. */
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

  /** Loads older pages until an item is there; or all of them. */
  async loadUntil(isFound: (item: VisibleItem) => boolean): Promise<void> {
    const { threadId } = this.now;
    while (this.now.older !== undefined && this.now.threadId === threadId) {
      const { older, thread } = this.now;
      if (thread.items.some(isFound)) return;
      await this.loadOlder();
      if (this.now.older === older) return; // it could not be loaded
    }
  }

  /** Sends what the user wrote; resolves with whether the server took it. */
  async send(message: MessageParts, outgoing: Outgoing): Promise<boolean> {
    const { threadId, thread } = this.now;
    // Notices are about the turn before.
    this.change({ outgoing, problem: undefined, thread: { ...thread, notices: [] } });
    return threadId === undefined
      ? this.run('threads.create', (signal) => this.client.threads.create(message, { signal }))
      : this.run('threads.add_user_message', (signal) =>
          this.client.threads.addUserMessage(threadId, message, { signal }),
        );
  }

  /** Answers a user message anew. */
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

  /** Sends an action of a widget, or has the page handle it. */
  fire(firing: Firing): Promise<void> {
    return fireAction(this, firing);
  }

  /** Ends what streams; what has come of it stays. */
  stop(): void {
    this.stream?.abort();
  }

  /** Notes that the page was asked to do something. */
  called(call: Omit<PageCall, 'id'>): void {
    this.change(withCall(this.now, call));
  }

  /**
   * Reads a stream into the state.
   *
   * @param place where the click was that it answers: an error is shown there
   * @returns whether the server took the request
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
    // Another thread may have been opened meanwhile.
    if (this.stream !== undefined || streaming === undefined) return;
    this.change({ thread: endStream(thread), streaming: undefined, outgoing: undefined });
    this.frame.flush();
    this.events.onRunEnd(threadId);
    // What a stopped run has stored may differ from what was seen of it.
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

  /** Shows what went wrong with an action where the click was. */
  actionFailed({ itemId, path }: Place, message: string, code?: string): void {
    const problem = { ...told(message), code, path };
    this.change({ actionProblems: { ...this.now.actionProblems, [itemId]: problem } });
  }
}
