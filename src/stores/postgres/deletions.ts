import { Session, type SessionOptions } from './session';
import { call, statement } from './statement';
import { DELETIONS } from './thread-sql';

type Listener = (owner: string, threadId: string) => void;

/** The pauses between two tries to listen, in milliseconds. */
const PAUSE_MS = 2000;

/** Does nothing but make the connection. */
const PING = call(statement('SELECT 1'));

/** Hears of threads that any process deletes, by a connection that is made when someone wants to know. */
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
    const [owner, threadId] = JSON.parse(message) as [string, string];
    for (const listener of this.#listeners) listener(owner, threadId);
  }
}
