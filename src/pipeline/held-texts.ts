import type { AssistantMessageItem } from '../protocol';

/** As many writes may wait for their commit before the handler is held up. */
const MOST_WRITES = 64;
/** As many characters, too. */
const MOST_TEXT = 16 * 1024;

/** A write that waits for its commit, and what is to be sent after it. */
interface Write {
  readonly texts: string[];
  isStored: boolean;
  /** What the client has been shown of a message that this write is to complete. */
  readonly shown: AssistantMessageItem | undefined;
}

/**
 * Where a store commits writes later than it takes them, the run goes on; this holds back what is to be
 * sent until the writes before it are committed. When one of them fails, what comes after it is never sent.
 */
export class HeldTexts {
  /** What failed writes would have completed. */
  readonly lost: AssistantMessageItem[] = [];
  private readonly writes: Write[] = [];
  private length = 0;
  private failure: { error: unknown } | undefined;
  private last: Promise<void> | undefined;

  /** @param onFailure is called once, when a write has failed */
  constructor(
    private readonly send: (text: string) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Sends a text when all writes so far are committed. */
  add(text: string): void {
    if (this.failure !== undefined) return;
    const last = this.writes.at(-1);
    if (last === undefined) {
      this.send(text);
      return;
    }
    last.texts.push(text);
    this.length += text.length;
  }

  /** Holds back all that comes from now on until a write is committed. */
  after(write: Promise<unknown>, shown?: AssistantMessageItem): void {
    const waiting: Write = { texts: [], isStored: false, shown };
    this.writes.push(waiting);
    this.last = write.then(
      () => this.release(waiting),
      (error: unknown) => this.fail(error),
    );
  }

  /** Resolves when all writes so far are committed, or have failed; `undefined` where none waits. */
  settled(): Promise<void> | undefined {
    return this.writes.length === 0 ? undefined : this.last;
  }

  /** The same, where so much waits that the handler is to be held up. */
  settledIfMuch(): Promise<void> | undefined {
    const isMuch = this.writes.length >= MOST_WRITES || this.length > MOST_TEXT;
    return isMuch ? this.settled() : undefined;
  }

  /** Resolves when all writes so far are committed; rejects when one has failed. */
  committed(): Promise<void> | undefined {
    return this.settled()?.then(() => {
      if (this.failure !== undefined) throw this.failure.error;
    });
  }

  private release(write: Write): void {
    write.isStored = true;
    while (this.writes[0]?.isStored === true) {
      for (const text of this.writes[0].texts) {
        this.length -= text.length;
        this.send(text);
      }
      this.writes.shift();
    }
  }

  private fail(error: unknown): void {
    if (this.failure !== undefined) return;
    this.failure = { error };
    for (const { shown } of this.writes.splice(0)) if (shown !== undefined) this.lost.push(shown);
    this.onFailure(error);
  }
}
