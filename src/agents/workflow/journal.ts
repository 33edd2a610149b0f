import { DeveloperError } from '../../errors';
import { isRecord } from '../../protocol';
import { notPlain } from '../kept/plain-data';

/** The result at one place, as JSON: the value, or the error. */
type Outcome = { readonly value: unknown } | { readonly error: { name: string; message: string } };

/** An entry as it is stored. */
export type JournalEntry = readonly [place: string, outcome: string];

/**
 * Records the results of some code, so that a replay of the code does not do the same things again. Each
 * result has a place: its kind, its name, and its number among those of that name. Replayed code finds
 * earlier results by their places, so parallel parts may reach them in any order.
 *
 * @example
 * const journal = new Journal(stored);
 * const place = journal.place('step', 'charge');
 * const paid = journal.has(place) ? journal.take(place) : await journal.note(place, () => charge());
 */
export class Journal {
  private readonly counts = new Map<string, number>();
  private readonly outcomes: Map<string, string>;
  /** Places of earlier results that the replayed code has not reached yet. */
  private readonly left: Set<string>;

  constructor(entries: readonly JournalEntry[] = []) {
    this.outcomes = new Map(entries);
    this.left = new Set(this.outcomes.keys());
  }

  /** Whether there are earlier results that the code has not reached yet. */
  get isReplaying(): boolean {
    return this.left.size > 0;
  }

  get entries(): JournalEntry[] {
    return [...this.outcomes];
  }

  /** Returns the place of the next result of this kind and name. */
  place(kind: string, name: string): string {
    const key = `${kind} ${name}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return `${key} #${String(count)}`;
  }

  has(place: string): boolean {
    return this.left.has(place);
  }

  /** Returns the earlier result at a place. @throws Error if that result was an error */
  take(place: string): unknown {
    this.left.delete(place);
    const outcome = JSON.parse(this.outcomes.get(place) ?? '{}') as Outcome;
    if (!('error' in outcome)) return outcome.value;
    const { name, message } = outcome.error;
    throw Object.assign(new Error(message), { name });
  }

  /** Records an intermediate result. */
  put(place: string, value: unknown): void {
    this.outcomes.set(place, textOf(place, value));
  }

  /**
   * Runs `work` and records its result.
   *
   * @param toJson returns the part of the result to record; by default all of it
   * @param isDone whether to record the result at all
   * @throws errors of `work`; DeveloperError `not_for_journal` if JSON cannot represent the result
   */
  async note<R>(
    place: string,
    work: () => R | PromiseLike<R>,
    toJson: (result: R) => unknown = (result) => result,
    isDone: (result: R) => boolean = () => true,
  ): Promise<R> {
    let result: R;
    try {
      result = await work();
    } catch (error) {
      this.outcomes.set(place, JSON.stringify({ error: toError(error) }));
      throw error;
    }
    if (isDone(result)) this.outcomes.set(place, textOf(place, toJson(result)));
    return result;
  }
}

/**
 * Returns the value if it survives JSON, as results of the application's code must: otherwise replayed code
 * would get a different value.
 *
 * @throws DeveloperError `not_for_journal`
 */
export function plainOf<R>(place: string, value: R): R {
  const odd = value === undefined ? undefined : notPlain(value);
  if (odd !== undefined) throw notForJournal(place, ` (${odd})`);
  return value;
}

function textOf(place: string, value: unknown): string {
  try {
    return JSON.stringify({ value });
  } catch (error) {
    throw notForJournal(place, '', error);
  }
}

function notForJournal(place: string, what: string, cause?: unknown): DeveloperError {
  return new DeveloperError(
    'not_for_journal',
    `The result of the ${place} cannot be stored as JSON${what}.`,
    'Return plain data: objects, lists, texts, numbers, booleans.',
    { cause },
  );
}

function toError(error: unknown): { name: string; message: string } {
  if (error instanceof Error) return { name: error.name, message: error.message };
  const message = isRecord(error) ? JSON.stringify(error) : String(error);
  return { name: 'Error', message };
}
