import { DeveloperError } from '../../errors';
import { isRecord } from '../../protocol';
import { notPlain } from '../kept/plain-data';

/** What was done at one place, as JSON: what it came to, or the error that it failed with. */
type Outcome = { readonly value: unknown } | { readonly error: { name: string; message: string } };

/** An entry as it is stored. */
export type JournalEntry = readonly [place: string, outcome: string];

/**
 * What some code has done so far, so that it can be played again without doing it again. Each thing has a
 * place: its kind, its name, and which of that name it is. Code that is played again finds what it did
 * before by the places, in whatever order parallel parts come to them.
 *
 * @example
 * const journal = new Journal(stored);
 * const place = journal.place('step', 'charge');
 * const paid = journal.has(place) ? journal.take(place) : await journal.note(place, () => charge());
 */
export class Journal {
  private readonly counts = new Map<string, number>();
  private readonly outcomes: Map<string, string>;
  /** Places of what was done before that the code has not come to again. */
  private readonly left: Set<string>;

  constructor(entries: readonly JournalEntry[] = []) {
    this.outcomes = new Map(entries);
    this.left = new Set(this.outcomes.keys());
  }

  /** Whether there is something that the code has not come to again. */
  get isReplaying(): boolean {
    return this.left.size > 0;
  }

  get entries(): JournalEntry[] {
    return [...this.outcomes];
  }

  /** Where the code is now. */
  place(kind: string, name: string): string {
    const key = `${kind} ${name}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return `${key} #${String(count)}`;
  }

  has(place: string): boolean {
    return this.left.has(place);
  }

  /** What was done there. @throws Error what it failed with */
  take(place: string): unknown {
    this.left.delete(place);
    const outcome = JSON.parse(this.outcomes.get(place) ?? '{}') as Outcome;
    if (!('error' in outcome)) return outcome.value;
    const { name, message } = outcome.error;
    throw Object.assign(new Error(message), { name });
  }

  /** Notes what something came to that is not done yet. */
  put(place: string, value: unknown): void {
    this.outcomes.set(place, textOf(place, value));
  }

  /**
   * Does something, and notes what it comes to.
   *
   * @param toJson what is to be kept of it; all of it by default
   * @param isDone whether it is to be kept at all
   * @throws DeveloperError `not_for_journal` where that is no JSON
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
 * What comes back from the journal as it was, as what users' own code makes has to: else the code would get
 * something else when it is played again.
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
    `What came of the ${place} cannot be kept as JSON${what}.`,
    'Return plain data: objects, lists, texts, numbers, booleans.',
    { cause },
  );
}

function toError(error: unknown): { name: string; message: string } {
  if (error instanceof Error) return { name: error.name, message: error.message };
  const message = isRecord(error) ? JSON.stringify(error) : String(error);
  return { name: 'Error', message };
}
