import type { ThreadItem } from '../../src/protocol';

/** What is in no byte that is ever sent. */
export const SECRET = 'SECRET-0e1f';

/** An item that a client was shown as done. */
export interface Told {
  owner: string;
  threadId: string;
  item: ThreadItem;
}

/** What all clients were told, and what no client should have been. */
export class History {
  readonly told: Told[] = [];
  readonly violations: string[] = [];
  readonly accidents: string[] = [];
  /** How many requests ended as they should, with an error, and by the client. */
  readonly outcomes = { whole: 0, failed: 0, left: 0 };

  /** Looks at bytes as they come. */
  look(owner: string, text: string): void {
    if (text.includes(SECRET)) this.violations.push(`${owner} was sent hidden content`);
    for (const [, other] of text.matchAll(/by (user-\d+)\./g)) {
      if (other !== owner) this.violations.push(`${owner} was sent an item of ${String(other)}`);
    }
  }
}
