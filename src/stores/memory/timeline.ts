import { type ListOptions } from '../../store';

/** Something that has its place in an order. */
export interface Sequenced {
  /** Greater than that of all that came before. */
  readonly sequence: number;
}

/** From where a page starts: the sequence last seen, `undefined` at the beginning. */
export interface Window extends Pick<ListOptions, 'order' | 'limit'> {
  after: number | undefined;
}

/** Entries in the order of their sequence, found by halving: a page costs its own length only. */
export class Timeline<Entry extends Sequenced> {
  readonly #entries: Entry[] = [];

  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries.values();
  }

  /** Adds an entry whose sequence is the greatest so far. */
  append(entry: Entry): void {
    this.#entries.push(entry);
  }

  remove(entry: Entry): void {
    const index = this.#firstFrom(entry.sequence);
    if (this.#entries[index] === entry) this.#entries.splice(index, 1);
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** The accepted entries beyond `after`, one more than `limit` when there are as many. */
  page({ order, limit, after }: Window, accept?: (entry: Entry) => boolean): Entry[] {
    const step = order === 'asc' ? 1 : -1;
    const found: Entry[] = [];
    for (let index = this.#start(order, after); found.length <= limit; index += step) {
      const entry = this.#entries[index];
      if (entry === undefined) break;
      if (accept === undefined || accept(entry)) found.push(entry);
    }
    return found;
  }

  #start(order: 'asc' | 'desc', after: number | undefined): number {
    if (order === 'asc') return after === undefined ? 0 : this.#firstFrom(after + 1);
    return (after === undefined ? this.#entries.length : this.#firstFrom(after)) - 1;
  }

  /** The index of the first entry whose sequence is at least this. */
  #firstFrom(sequence: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && entry.sequence < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
