import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type ChatKitClient, type EventStream } from '../../src/client';
import type { Cluster } from './cluster';
import type { History } from './history';
import type { Random } from './random';

/** One user: says one thing after the other, each to any process, hangs up now and then, or says it twice. */
export class User {
  private threadId: string | undefined;
  private count = 0;

  constructor(
    readonly owner: string,
    private readonly cluster: Cluster,
    private readonly history: History,
    private readonly random: Random,
  ) {}

  async run(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      const requests = this.threadId !== undefined && this.random.chance(0.15) ? 2 : 1;
      await Promise.all(Array.from({ length: requests }, () => this.say()));
      await sleep(this.random.between(0, 60));
    }
  }

  private async say(): Promise<void> {
    const { urls } = this.cluster;
    if (urls.length === 0) {
      await sleep(50);
      return;
    }
    const client = this.clientOf(this.random.of(urls));
    const text = `m${String((this.count += 1))} by ${this.owner}.`;
    const leaving = new AbortController();
    const call = { signal: leaving.signal };
    const { threadId, history } = this;
    const stream =
      threadId === undefined
        ? client.threads.create(text, call)
        : client.threads.addUserMessage(threadId, text, call);
    try {
      await this.read(stream, this.random.chance(0.15) ? leaving : undefined);
      history.outcomes.whole += 1;
    } catch {
      history.outcomes[leaving.signal.aborted ? 'left' : 'failed'] += 1;
    }
  }

  private async read(stream: EventStream, leaving: AbortController | undefined): Promise<void> {
    for await (const event of stream) {
      if (event.type === 'thread.created') this.threadId = event.thread.id;
      if (event.type === 'thread.item.done' && this.threadId !== undefined) {
        this.history.told.push({ owner: this.owner, threadId: this.threadId, item: event.item });
      }
      if (event.type === 'thread.item.updated' && leaving !== undefined && this.random.chance(0.3))
        leaving.abort();
    }
  }

  private clientOf(url: string): ChatKitClient {
    return createClient({
      url,
      headers: { 'x-user-id': this.owner },
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        return new Response(response.body?.pipeThrough(this.looking()) ?? null, response);
      },
    });
  }

  /** All bytes are looked at, whatever the client makes of them. */
  private looking(): TransformStream<Uint8Array, Uint8Array> {
    const decoder = new TextDecoder();
    let rest = '';
    return new TransformStream({
      transform: (chunk, controller) => {
        rest = rest.slice(-100) + decoder.decode(chunk, { stream: true });
        this.history.look(this.owner, rest);
        controller.enqueue(chunk);
      },
    });
  }
}
