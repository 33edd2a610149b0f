import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type ChatKitClient, type EventStream } from '../../src/client';
import type { WidgetItem } from '../../src/protocol';
import type { Cluster } from './cluster';
import { countOf } from './counter';
import type { History } from './history';
import { lookingFetch } from './looking-fetch';
import type { Random } from './random';

/** How likely a user is to do something else than to say one thing and read the answer. */
export interface Habits {
  readonly twice: number;
  readonly leave: number;
  readonly stall: number;
  readonly retry: number;
  readonly count: number;
  readonly delete: number;
}

/** So long nothing may take, on a machine that has other things to do as well. */
const HANG_MS = 120_000;

/** One user: does one thing after the other, each with any process. */
export class User {
  private threadId: string | undefined;
  private widgetId: string | undefined;
  private lastMessage: string | undefined;
  private count = 0;

  constructor(
    readonly owner: string,
    private readonly cluster: Pick<Cluster, 'urls'>,
    private readonly history: History,
    private readonly random: Random,
    private readonly habits: Habits,
  ) {}

  async run(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      if (this.cluster.urls.length > 0) await this.step();
      await sleep(this.random.between(0, 60));
    }
  }

  private async step(): Promise<void> {
    const { random, habits, threadId, widgetId, lastMessage } = this;
    if (threadId === undefined) return this.say();
    if (random.chance(habits.twice)) await Promise.all([this.say(), this.say()]);
    else if (random.chance(habits.retry) && lastMessage !== undefined)
      await this.retry(threadId, lastMessage);
    else if (random.chance(habits.delete)) await this.deleteThread(threadId);
    else if (random.chance(habits.count) && widgetId !== undefined) {
      await Promise.all(Array.from({ length: 3 }, () => this.countUp(threadId, widgetId)));
    } else await this.say();
  }

  private say(): Promise<void> {
    const { threadId, random } = this;
    const kind = threadId === undefined ? 'counter ' : random.chance(0.05) ? 'large ' : '';
    const text = `m${String((this.count += 1))} ${kind}by ${this.owner}.`;
    return this.follow((client, call) =>
      threadId === undefined
        ? client.threads.create(text, call)
        : client.threads.addUserMessage(threadId, text, call),
    );
  }

  private retry(threadId: string, messageId: string): Promise<void> {
    // Whether or not it is told as done.
    this.history.withdraw(threadId, messageId);
    this.widgetId = undefined;
    return this.follow((client, call) => client.threads.retryAfterItem(threadId, messageId, call));
  }

  private async deleteThread(threadId: string): Promise<void> {
    this.history.withdraw(threadId);
    this.threadId = this.widgetId = this.lastMessage = undefined;
    await this.attempt(async (client, signal) => {
      await client.threads.delete(threadId, { signal });
      this.history.deleted.add(threadId);
    });
  }

  private async countUp(threadId: string, itemId: string): Promise<void> {
    await this.attempt(async (client, signal) => {
      const { updated_item } = await client.threads.syncAction(
        threadId,
        { type: 'count.up' },
        { itemId, signal },
      );
      this.history.counted(itemId, countOf((updated_item as WidgetItem).widget));
    });
  }

  /** Reads a stream; perhaps it is left, or read slowly. */
  private async follow(
    open: (client: ChatKitClient, call: { signal: AbortSignal }) => EventStream,
  ): Promise<void> {
    const { random, habits } = this;
    const leaving = random.chance(habits.leave) ? new AbortController() : undefined;
    await this.attempt(async (client, signal) => {
      const signals = leaving === undefined ? signal : AbortSignal.any([signal, leaving.signal]);
      await this.read(open(client, { signal: signals }), leaving);
    }, leaving?.signal);
  }

  private async attempt(
    work: (client: ChatKitClient, signal: AbortSignal) => Promise<void>,
    leaving?: AbortSignal,
  ): Promise<void> {
    const { outcomes, hanging } = this.history;
    const hang = AbortSignal.timeout(HANG_MS);
    try {
      await work(this.client(), hang);
      outcomes.whole += 1;
    } catch {
      if (hang.aborted) hanging.push(`a request of ${this.owner} had no end`);
      outcomes[leaving?.aborted === true ? 'left' : 'failed'] += 1;
    }
  }

  private async read(stream: EventStream, leaving: AbortController | undefined): Promise<void> {
    let threadId = this.threadId;
    for await (const event of stream) {
      if (event.type === 'thread.created') this.threadId = threadId = event.thread.id;
      if (event.type === 'thread.item.done' && threadId !== undefined) {
        const { item } = event;
        this.history.told.push({ owner: this.owner, threadId, item });
        if (item.type === 'user_message') this.lastMessage = item.id;
        if (item.type === 'widget') this.widgetId = item.id;
      }
      if (event.type !== 'thread.item.updated') continue;
      if (this.random.chance(this.habits.stall)) await sleep(this.random.between(50, 400));
      if (this.random.chance(0.3)) leaving?.abort();
    }
  }

  private client(): ChatKitClient {
    return createClient({
      url: this.random.of(this.cluster.urls),
      headers: { 'x-user-id': this.owner },
      fetch: lookingFetch((text) => this.history.look(this.owner, text)),
    });
  }
}
