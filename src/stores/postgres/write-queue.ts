import { UnavailableError } from '../../errors';
import type { Call, Row } from './statement';

/** One write: the calls that it takes, and what their results say. */
export interface Write<T> {
  /**
   * What it locks first. In a transaction the writes are made in the order of their locks, those of one
   * lock in the order in which they came: so no two processes wait for each other.
   */
  readonly lock: string;
  /** How many characters it has to send, where they may be many. */
  readonly size?: number;
  /** Asked for anew when the transaction has to be made again. `isAll`: it has all writes that were asked for. */
  calls(isAll: boolean): readonly Call[];
  /** @throws what is wrong with this write alone, which has then changed nothing */
  read(results: readonly Row[][]): T;
}

interface Waiting {
  write: Write<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

type Outcome = { value: unknown } | { error: unknown };

/** Makes calls in one transaction, which is committed when this resolves. */
export type Commit = (calls: () => readonly Call[]) => Promise<Row[][]>;

/** As many writes are in one transaction at most, and as many characters: the rest has the next one. */
const MOST_WRITES = 256;
const MOST_TEXT = 4 * 1024 * 1024;

/**
 * The writes of a store. Those of one turn of the event loop are sent together when it is over, and
 * those that come while a transaction is under way wait for the next: a round trip and a commit cost more
 * than the writes in them, and so the order of the calls is that of the commits.
 */
export class WriteQueue {
  readonly #commit: Commit;
  #waiting: Waiting[] = [];
  #work: Promise<void> | undefined;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  /** The result of a write when it is committed. */
  add<T>(write: Write<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve: resolve as Waiting['resolve'], reject });
      this.#work ??= this.#run().finally(() => (this.#work = undefined));
    });
  }

  /** Resolves when all writes have been made, or have failed. */
  async idle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  async #run(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate); // what else comes in this turn is in the same transaction
      const group = this.#takeGroup();
      if (group.length === 0) return;
      const outcomes = await this.#make(group);
      for (const [index, outcome] of outcomes.entries()) settle(group[index], outcome);
    }
  }

  #takeGroup(): Waiting[] {
    let text = 0;
    let count = 0;
    for (const { write } of this.#waiting.slice(0, MOST_WRITES)) {
      text += write.size ?? 0;
      if (count > 0 && text > MOST_TEXT) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #make(group: readonly Waiting[]): Promise<Outcome[]> {
    const order = group.map((_, index) => index).sort((a, b) => compare(group[a], group[b]));
    try {
      return await this.#together(group, order);
    } catch (error) {
      if (group.length === 1 || !isOfOne(error)) return group.map(() => ({ error }));
    }
    // Something is wrong with one of them, and the server does not say with which.
    const outcomes: Outcome[] = [];
    for (const waiting of group) outcomes.push(await this.#alone(waiting));
    return outcomes;
  }

  async #together(group: readonly Waiting[], order: readonly number[]): Promise<Outcome[]> {
    let calls: (readonly Call[])[] = [];
    const results = await this.#commit(() => {
      const isAll = this.#waiting.length === 0;
      calls = order.map((index) => group[index]?.write.calls(isAll) ?? []);
      return calls.flat();
    });
    const outcomes: Outcome[] = [];
    let from = 0;
    for (const [place, index] of order.entries()) {
      const to = from + (calls[place]?.length ?? 0);
      outcomes[index] = outcomeOf(() => group[index]?.write.read(results.slice(from, to)));
      from = to;
    }
    return outcomes;
  }

  async #alone({ write }: Waiting): Promise<Outcome> {
    try {
      const results = await this.#commit(() => write.calls(false));
      return outcomeOf(() => write.read(results));
    } catch (error) {
      return { error };
    }
  }
}

/** Whether an error may come of one of the statements, so that the others may be made without it. */
function isOfOne(error: unknown): boolean {
  return !(error instanceof UnavailableError);
}

function outcomeOf(read: () => unknown): Outcome {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

function compare(a: Waiting | undefined, b: Waiting | undefined): number {
  const [one, other] = [a?.write.lock ?? '', b?.write.lock ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

function settle(waiting: Waiting | undefined, outcome: Outcome): void {
  if ('error' in outcome) waiting?.reject(outcome.error);
  else waiting?.resolve(outcome.value);
}
