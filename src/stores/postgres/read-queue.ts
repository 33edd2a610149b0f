import type { Call, Row } from './statement';

interface Waiting {
  call: Call;
  resolve: (rows: Row[]) => void;
  reject: (error: unknown) => void;
}

/** How many reads share a connection and a round trip. More reads use other connections in parallel. */
const MOST_READS = 32;

/**
 * Collects the small reads of one turn of the event loop and sends them together at its end: a request that
 * loads a thread and an item waits only once.
 */
export class ReadQueue {
  readonly #send: (calls: readonly Call[]) => Promise<Row[][]>;
  #waiting: Waiting[] = [];

  constructor(send: (calls: readonly Call[]) => Promise<Row[][]>) {
    this.#send = send;
  }

  /** The rows of a read. */
  add(call: Call): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(this.#turn);
    });
  }

  readonly #turn = (): void => {
    while (this.#waiting.length > 0) void this.#read(this.#waiting.splice(0, MOST_READS));
  };

  async #read(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#send(group.map(({ call }) => call));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] ?? []);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
