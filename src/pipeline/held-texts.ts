import type { AssistantMessageItem } from '../protocol';

/** How many writes may wait for their commit before the handler has to wait. */
const MOST_WRITES = 64;
/** How many characters of held texts, too. */
const MOST_TEXT = 16 * 1024;

/** A write that waits for its commit, and the texts to send after it. */
interface Write {
  readonly texts: string[];
  isStored: boolean;
  /** The part shown to the client of the message that this write completes. */
  readonly shown: AssistantMessageItem | undefined;
}

/**
 * For a store that commits writes later than it accepts them: the run goes on, and this holds back texts
 * until the writes before them are committed. If a write fails, later texts are never sent.
 */
export class HeldTexts {
  /** The shown parts of messages whose completing write failed. */
  readonly lost: AssistantMessageItem[] = [];
  private readonly writes: Write[] = [];
  private length = 0;
  private failure: { error: unknown } | undefined;
  private last: Promise<void> | undefined;

  /** @param onFailure called once, when a write has failed */
  constructor(
    private readonly send: (text: string) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Sends a text once all writes so far are committed. */
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

  /** Holds back all later texts until this write is committed. */
  after(write: Promise<unknown>, shown?: AssistantMessageItem): void {
    const waiting: Write = { texts: [], isStored: false, shown };
    this.writes.push(waiting);
    this.last = write.then(
      () => this.release(waiting),
      (error: unknown) => this.fail(error),
    );
  }

  /** Resolves when all writes so far are committed or have failed; `undefined` if none waits. */
  settled(): Promise<void> | undefined {
    return this.writes.length === 0 ? undefined : this.last;
  }

  /** Like `settled`, but only if so much waits that the handler has to wait. */
  settledIfMuch(): Promise<void> | undefined {
    const isMuch = this.writes.length >= MOST_WRITES || this.length > MOST_TEXT;
    return isMuch ? this.settled() : undefined;
  }

  /** Resolves when all writes so far are committed; rejects if one has failed. */
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
