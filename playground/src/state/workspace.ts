import { createClient, type ChatKitClient, type FetchLike } from 'chatkit-controllers/client';
import { ask, chatUrl, type PageConfig } from '../data/own-api';
import { WireLog } from '../data/wire-log';
import { ChatSession } from './chat-session';
import { storedDraft, type Draft } from './draft';
import { FormValues } from './form-values';
import { Store } from './store';
import { ThreadList } from './thread-list';

/** A new object for each request, so that the same item can be revealed again. */
export interface Revealed {
  itemId: string;
}

/** Everything that belongs to one user: the client, the threads, the current chat. */
export interface Workspace {
  readonly user: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly client: ChatKitClient;
  /** The URL of the chat. */
  readonly url: string;
  /** The client's `fetch`, which logs requests. */
  readonly fetch: FetchLike;
  readonly log: WireLog;
  readonly threads: ThreadList;
  readonly chat: ChatSession;
  readonly forms: FormValues;
  readonly draft: Store<Draft>;
  /** Incremented when a run has ended, to trigger fetching. */
  readonly runs: Store<number>;
  /** Whether the search in messages is open. */
  readonly isSearching: Store<boolean>;
  /** The item to scroll to and highlight. */
  readonly reveal: Store<Revealed | undefined>;
}

interface WorkspaceParts {
  config: PageConfig;
  user: string | undefined;
  /** Called when another thread is shown. */
  onOpen: (threadId: string | undefined) => void;
  /** Default: the browser's `fetch`. */
  fetch?: FetchLike;
}

export function createWorkspace({
  config,
  user,
  onOpen,
  fetch = (url, init) => globalThis.fetch(url, init),
}: WorkspaceParts): Workspace {
  const headers = (user === undefined ? undefined : config.users[user]?.headers) ?? {};
  const log = new WireLog();
  const url = chatUrl(config);
  const watched = log.watch(fetch);
  const client = createClient({ url, headers, locale: config.options.locale, fetch: watched });
  const threads = new ThreadList(client);
  const runs = new Store(0);
  const reveal = new Store<Revealed | undefined>(undefined);
  const chat = new ChatSession(client, {
    onThread: () => void threads.refresh(),
    isRunning: (thread_id) =>
      config.inspects
        ? ask<{ running: boolean }>('running', { thread_id }, headers).then(({ running }) => running)
        : Promise.resolve(false),
    onOpen(threadId) {
      if (reveal.get() !== undefined) reveal.set(undefined);
      onOpen(threadId);
    },
    onRunEnd: () => runs.update((count) => count + 1),
  });
  return {
    reveal,
    isSearching: new Store<boolean>(false),
    user,
    headers,
    client,
    url,
    fetch: watched,
    log,
    threads,
    chat,
    forms: new FormValues(),
    draft: storedDraft(user),
    runs,
  };
}
