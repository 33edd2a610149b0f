import { holdPromises, MAX_ISSUES, type Issue } from '../../errors';
import { pathOf, type Place } from './place';

/** An issue, and the name of the constraint that is not met. */
export interface ClassIssue extends Issue {
  readonly constraint: string;
}

/** What is wrong in one place, by the names of the constraints. */
export interface Finding {
  readonly place: Place | undefined;
  readonly constraints: Map<string, string>;
}

/** A function of the class (`@Transform`, a message, a validator) that threw on what came. */
export interface Thrown {
  readonly error: unknown;
  readonly place: Place;
}

/** The constraint that a function which throws has not met. */
export const THREW = 'threw';

/** What is wrong with a payload, in the order in which it was looked at. */
export class Findings {
  readonly thrown: Thrown[] = [];
  /** How many there are besides those that are told. */
  more = 0;
  private readonly list: Finding[] = [];
  private told = 0;

  /** Whether one more is told: a payload has as many as its sender likes. */
  takesOne(): boolean {
    if (this.told >= MAX_ISSUES) this.more += 1;
    else this.told += 1;
    return this.more === 0;
  }

  /** A finding that keeps its place in the order, however late its constraints are known. */
  open(place: Place | undefined): Finding {
    const finding: Finding = { place, constraints: new Map() };
    this.list.push(finding);
    return finding;
  }

  add(place: Place | undefined, constraint: string, message: string): void {
    if (this.takesOne()) this.open(place).constraints.set(constraint, message);
  }

  /** A function that throws on a value refuses it; what it threw is for the log. */
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
        // Two constraints may ask for a list, say. Users read it once.
        if (said.has(message)) return [];
        said.add(message);
        return [{ path, message, constraint }];
      });
    });
  }
}
