import { Session, type SessionOptions } from './session';
import { call, statement } from './statement';
import { DELETIONS } from './thread-sql';

type Listener = (owner: string, threadId: string) => void;

/** The pause between two attempts to listen, in milliseconds. */
const PAUSE_MS = 2000;

/** A query without effect, which opens the connection. */
const PING = call(statement('SELECT 1'));

/** Listens for threads that any process deletes. The first subscription opens the connection. */
export class Deletions {
  readonly #session: Session;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #isListening = false;
  #closed = false;

  constructor(options: Omit<SessionOptions, 'channel' | 'heard' | 'lost'>) {
    this.#session = new Session({
      ...options,
      channel: DELETIONS,
      heard: (message) => this.#hear(message),
      lost: () => this.#listenLater(),
    });
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#isListening) this.#listen();
    return () => void this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    return this.#session.close();
  }

  #listen(): void {
    this.#isListening = true;
    this.#session.call(PING).catch(() => this.#listenLater());
  }

  #listenLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#listen(), PAUSE_MS).unref();
  }

  #hear(message: string): void {
    const deleted = deletedIn(message);
    if (deleted === undefined) return;
    for (const listener of this.#listeners) listener(...deleted);
  }
}

/** Owner and id of the thread; `undefined` for a message of another program: any user may NOTIFY a channel. */
function deletedIn(message: string): [owner: string, threadId: string] | undefined {
  try {
    const [owner, threadId] = JSON.parse(message) as [unknown, unknown];
    return typeof owner === 'string' && typeof threadId === 'string' ? [owner, threadId] : undefined;
  } catch {
    return undefined;
  }
}
