import type { ThreadItem } from '../../src/protocol';

/** What is in no byte that is ever sent. */
export const SECRET = 'SECRET-0e1f';

/** An item that a client was shown as done. */
export interface Told {
  readonly owner: string;
  readonly threadId: string;
  readonly item: ThreadItem;
  /** A retry or a deletion that was asked for later may have taken it away. */
  mayBeGone?: boolean;
}

/** What all clients were told, and what no client should have been. */
export class History {
  readonly told: Told[] = [];
  /** Threads whose deletion was told as done. */
  readonly deleted = new Set<string>();
  /** What each use of a counter was told as its new state, by the widget's id. */
  readonly counts = new Map<string, number[]>();
  readonly violations: string[] = [];
  readonly accidents: string[] = [];
  /** Requests that had no end. */
  readonly hanging: string[] = [];
  /** How many requests ended as they should, with an error, and by the client. */
  readonly outcomes = { whole: 0, failed: 0, left: 0 };
  readonly faults: Record<string, number> = {};

  /** Looks at bytes as they come. */
  look(owner: string, text: string): void {
    if (text.includes(SECRET)) this.violations.push(`${owner} was sent hidden content`);
    for (const [, other] of text.matchAll(/by (user-\d+)\./g)) {
      if (other !== owner) this.violations.push(`${owner} was sent an item of ${String(other)}`);
    }
  }

  /** What was told of a thread may be gone from now on. */
  withdraw(threadId: string, except?: string): void {
    for (const each of this.told) {
      if (each.threadId === threadId && each.item.id !== except) each.mayBeGone = true;
    }
  }

  counted(widgetId: string, count: number): void {
    this.counts.set(widgetId, [...(this.counts.get(widgetId) ?? []), count]);
  }
}
