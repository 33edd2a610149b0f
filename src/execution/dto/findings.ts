import { holdPromises, MAX_ISSUES, type Issue } from '../../errors';
import { pathOf, type Place } from './place';

/** An issue, and the name of the constraint that failed. */
export interface ClassIssue extends Issue {
  readonly constraint: string;
}

/** The messages for one place in the payload, by constraint name. */
export interface Finding {
  readonly place: Place | undefined;
  readonly constraints: Map<string, string>;
}

/** An error thrown by a function of the class (`@Transform`, a message, a validator). */
export interface Thrown {
  readonly error: unknown;
  readonly place: Place;
}

/** The constraint name of issues for functions that threw. */
export const THREW = 'threw';

/** The issues of a payload, in the order in which its values were checked. */
export class Findings {
  readonly thrown: Thrown[] = [];
  /** How many issues there are beyond the reported ones. */
  more = 0;
  private readonly list: Finding[] = [];
  private told = 0;

  /** Counts an issue. Returns whether to report it: the number is limited, since clients control it. */
  takesOne(): boolean {
    if (this.told >= MAX_ISSUES) this.more += 1;
    else this.told += 1;
    return this.more === 0;
  }

  /** Adds an empty finding, which keeps its position even if its constraints are known later. */
  open(place: Place | undefined): Finding {
    const finding: Finding = { place, constraints: new Map() };
    this.list.push(finding);
    return finding;
  }

  add(place: Place | undefined, constraint: string, message: string): void {
    if (this.takesOne()) this.open(place).constraints.set(constraint, message);
  }

  /** Adds an issue for a function that threw; the error itself goes to the log only. */
  refuse(error: unknown, place: Place): void {
    holdPromises(error);
    if (this.thrown.length < MAX_ISSUES) this.thrown.push({ error, place });
    this.add(place, THREW, `${String(place.key)} is not valid`);
  }

  issues(): ClassIssue[] {
    return this.list.flatMap(({ place, constraints }) => {
      const path = constraints.size === 0 ? '' : pathOf(place);
      const said = new Set<string>();
      return [...constraints].flatMap(([constraint, message]) => {
        // Two constraints may have the same message, for example "must be an array". Report it once.
        if (said.has(message)) return [];
        said.add(message);
        return [{ path, message, constraint }];
      });
    });
  }
}
