import { createClient, type ChatKitClient, type FetchLike } from 'chatkit-controllers/client';
import { ask, chatUrl, type PageConfig } from '../data/own-api';
import { WireLog } from '../data/wire-log';
import { ChatSession } from './chat-session';
import { storedDraft, type Draft } from './draft';
import { FormValues } from './form-values';
import { Store } from './store';
import { ThreadList } from './thread-list';

/** An object each time, so that the same item can be asked for again. */
export interface Revealed {
  itemId: string;
}

/** Everything that belongs to one user: the client, the threads, the chat that is shown. */
export interface Workspace {
  readonly user: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly client: ChatKitClient;
  /** Where the chat is. */
  readonly url: string;
  /** What the client sends its requests with: they are noted in the log. */
  readonly fetch: FetchLike;
  readonly log: WireLog;
  readonly threads: ThreadList;
  readonly chat: ChatSession;
  readonly forms: FormValues;
  readonly draft: Store<Draft>;
  /** Grows when a run has ended, for what has to be fetched anew then. */
  readonly runs: Store<number>;
  /** Whether the messages are searched. */
  readonly isSearching: Store<boolean>;
  /** The item that is to be brought into view, and is marked. */
  readonly reveal: Store<Revealed | undefined>;
}

interface WorkspaceParts {
  config: PageConfig;
  user: string | undefined;
  /** Another thread is shown. */
  onOpen: (threadId: string | undefined) => void;
  /** The browser's by default. */
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
