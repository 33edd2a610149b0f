import { SERVED, type ChatKitApp } from '../../app';
import { createClient, paginate, type ChatKitClient } from '../../client';
import { serveInStep } from '../../fetch';
import type { ThreadItem } from '../../protocol';
import { type Store, type StoreScope, timeText } from '../../store';
import type { LogLine } from '../recorded-log';
import { storeBehind } from '../stores';
import type { TestClientOptions, TestUser } from './options';

const URL = 'http://chat.test/chatkit'; // no request is sent to this host

/** The app of a test, and what the test needs of it. */
export interface BackendParts<TContext> {
  readonly app: ChatKitApp<Request, TContext>;
  readonly options: TestClientOptions<TContext>;
  readonly logs: readonly LogLine[];
  /** The users of requests, from which `context` reads, if the app does not have its own `context`. */
  readonly users: WeakMap<Request, TestUser<TContext>>;
  /** The test's store; the app may wrap it. */
  readonly store: Store;
}

/** Serves the requests of a test to an app, without a port. */
export class Backend<TContext> {
  private readonly served;
  readonly app: ChatKitApp<Request, TContext>;
  readonly options: TestClientOptions<TContext>;
  readonly logs: readonly LogLine[];

  constructor(private readonly parts: BackendParts<TContext>) {
    const { app, options, logs } = parts;
    this.app = app;
    this.options = options;
    this.logs = logs;
    this.served = serveInStep(app);
  }

  client(user: TestUser<TContext>): ChatKitClient {
    return createClient({
      url: URL,
      headers: this.headersOf(user),
      locale: this.options.locale,
      fetch: (url, init) => this.served.serve(this.request(user, new Request(url, init))),
    });
  }

  /** The thread's items in the store, including hidden ones. */
  async items(user: TestUser<TContext>, threadId: string): Promise<ThreadItem[]> {
    const { store, scope } = await this.storeOf(user);
    const list = paginate(async (after) =>
      store.listItems(scope, threadId, { limit: 1000, order: 'asc', after }),
    );
    const items: ThreadItem[] = [];
    for await (const item of list) items.push(item);
    return items;
  }

  /** Stores a thread without items, and returns its id. */
  async createThread(user: TestUser<TContext>): Promise<string> {
    const { store, scope } = await this.storeOf(user);
    const { generateId, now } = this.app[SERVED].services;
    const id = generateId('thread');
    const created_at = timeText(now);
    await store.createThread(scope, { id, created_at, status: { type: 'active' }, metadata: {} });
    return id;
  }

  /** Resolves when the thread has no more runs. */
  async whenEnded(user: TestUser<TContext>, threadId: string): Promise<void> {
    await this.app[SERVED].ownerView.whenEnded(this.request(user), threadId);
  }

  close(): Promise<void> {
    return this.served.close();
  }

  private async storeOf(user: TestUser<TContext>): Promise<{ store: Store; scope: StoreScope }> {
    await this.app.ready();
    const scope = await this.app[SERVED].ownerView.scopeOf(this.request(user));
    return { store: storeBehind(this.parts.store), scope };
  }

  private request(user: TestUser<TContext>, request = new Request(URL, { headers: this.headersOf(user) })) {
    this.parts.users.set(request, user);
    return request;
  }

  private headersOf(user: TestUser<TContext>): Record<string, string> {
    const { headers = {} } = this.options;
    return typeof headers === 'function' ? headers(user) : headers;
  }
}
