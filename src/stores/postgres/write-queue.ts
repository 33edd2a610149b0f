import { UnavailableError } from '../../errors';
import type { Call, Row } from './statement';

/** One write: its calls, and a function that reads their results. */
export interface Write<T> {
  /**
   * The first lock that the write takes. A transaction makes its writes in the order of their locks, and
   * those with the same lock in the order of arrival, so that processes do not deadlock.
   */
  readonly lock: string;
  /** How many characters it sends, if they may be many. */
  readonly size?: number;
  /** Called again when the transaction is retried. `isAll`: the transaction contains all pending writes. */
  calls(isAll: boolean): readonly Call[];
  /** @throws an error of this write alone, which has then changed nothing */
  read(results: readonly Row[][]): T;
}

interface Waiting {
  write: Write<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

type Outcome = { value: unknown } | { error: unknown };

/** Makes calls in one transaction, and resolves when it is committed. */
export type Commit = (calls: () => readonly Call[]) => Promise<Row[][]>;

/** The limits of one transaction, in writes and characters. The rest waits for the next one. */
const MOST_WRITES = 256;
const MOST_TEXT = 4 * 1024 * 1024;

/**
 * The writes of a store. Those of one turn of the event loop are sent together at its end, and those that
 * arrive during a transaction wait for the next. A round trip and a commit cost more than the writes in them.
 * The order of the calls is the order of the commits.
 */
export class WriteQueue {
  readonly #commit: Commit;
  #waiting: Waiting[] = [];
  #work: Promise<void> | undefined;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  /** The result of a write, once it is committed. */
  add<T>(write: Write<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve: resolve as Waiting['resolve'], reject });
      this.#work ??= this.#run().finally(() => (this.#work = undefined));
    });
  }

  /** Resolves when all writes have been made or have failed. */
  async idle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  async #run(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate); // other writes of this turn join the same transaction
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
    // One of the writes is wrong, and the server does not say which.
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

/** Whether an error may come from a single statement, so that the others may succeed without it. */
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
