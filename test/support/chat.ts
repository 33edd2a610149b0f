import type { IncomingMessage } from 'node:http';
import type { ThreadItem, ThreadMetadata, ThreadStreamEvent } from '../../src/protocol';
import type { Store } from '../../src/store';
import { MemoryStore } from '../../src/stores';
import { open, post, type OpenStream, type Reply, type Sending } from './client';
import { ADAPTERS, headerOf, type AnyOptions, type Adapter, type Served, type User } from './adapters';
import { RecordingLogger } from './logger';
import { create, type Wire } from './requests';

export interface TestChat extends Served {
  store: Store;
  logger: RecordingLogger;
  post(body: Wire | string | Uint8Array, sending?: Sending): Promise<Reply>;
  open(body: Wire, sending?: Sending): Promise<OpenStream>;
  /** Makes a thread by a first message, and returns its id. */
  newThread(sending?: Sending): Promise<string>;
  /** All items of a thread, hidden ones too, oldest first. */
  items(threadId: string, owner?: string): Promise<ThreadItem[]>;
  thread(threadId: string, owner?: string): Promise<ThreadMetadata>;
}

export type TestChatOptions = Partial<AnyOptions> & Pick<AnyOptions, 'controllers'>;

/** Who sends: the header `x-user-id`. */
export function userOf(request: Request | IncomingMessage): User | null {
  const userId = headerOf(request, 'x-user-id');
  return userId === undefined ? null : { userId };
}

/** Serves a chat until the test is over; `x-user-id` is the owner. */
export async function serveChat(
  options: TestChatOptions,
  adapter: Adapter = ADAPTERS['node:http']!,
): Promise<TestChat> {
  const logger = new RecordingLogger();
  const store = options.store ?? new MemoryStore();
  const all: AnyOptions = {
    context: userOf,
    owner: ({ userId }: User) => userId,
    logger,
    store,
    ...options,
  };
  const served = await adapter(all);
  const scope = (owner: string) => ({ owner, requestContext: {}, signal: new AbortController().signal });
  return {
    ...served,
    store,
    logger,
    post: (body, sending) => post(served.url, body, sending),
    open: (body, sending) => open(served.url, body, sending),
    async newThread(sending) {
      return threadIdOf(await post(served.url, create('Start'), sending));
    },
    async items(threadId, owner = 'alice') {
      const options = { limit: 10_000, maxBytes: Infinity, order: 'asc' } as const;
      return (await store.listItems(scope(owner), threadId, options)).data;
    },
    async thread(threadId, owner = 'alice') {
      return store.loadThread(scope(owner), threadId);
    },
  };
}

/** The id of the thread that a stream made. */
export function threadIdOf({ events }: { events: ThreadStreamEvent[] }): string {
  const [first] = events;
  if (first?.type !== 'thread.created') throw new Error(`No thread was made: ${JSON.stringify(events)}`);
  return first.thread.id;
}

export function textOf(item: ThreadItem | undefined): string {
  if (item?.type !== 'assistant_message' && item?.type !== 'user_message') return '';
  return item.content.map(({ text }) => text).join('');
}
