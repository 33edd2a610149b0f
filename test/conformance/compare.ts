import type { Outcome } from './client';
import { isEqual } from './equal';
import type { JsonObject, Scenario } from './language';
import { RULES } from './rules';
import type { Comparison, Memory } from './rules/rule';
import type { State } from './session';

export interface Difference {
  /** Which exchange, from 1. */
  exchange: number;
  expected: Outcome;
  ours: Outcome;
}

export interface Verdict {
  difference: Difference | undefined;
  /** How many exchanges could be compared: all, unless a deliberate difference parts the two before. */
  compared: number;
  /** The rules without which there would have been a difference. */
  used: Set<string>;
}

/** Holds our outcomes against the reference's, both normalised, with the rules applied. */
export function compare(scenario: Scenario, theirs: readonly Outcome[], ours: readonly Outcome[]): Verdict {
  const used = new Set<string>();
  const memory: Memory = {
    ghosts: new Set(),
    everStored: new Map(),
    doubled: new Set(),
    kept: new Map(),
    messages: [],
    parted: false,
  };
  let before: State = { threads: [], attachments: [], log: [] };
  for (const [index, exchange] of scenario.exchanges.entries()) {
    const our = ours[index]!;
    const expected = structuredClone(theirs[index]!);
    const exchanges = scenario.exchanges.slice(0, index + 1);
    const comparison: Comparison = { scenario, exchanges, exchange, expected, ours: our, before, memory };
    for (const rule of RULES) {
      const untouched = structuredClone(expected);
      rule.apply(comparison);
      if (!isEqual(untouched, expected)) used.add(rule.name);
    }
    if (!isEqual(expected, our)) {
      return { difference: { exchange: index + 1, expected, ours: our }, compared: index + 1, used };
    }
    if (memory.parted) return { difference: undefined, compared: index + 1, used };
    before = expected.state;
    remember(expected, memory);
  }
  return { difference: undefined, compared: scenario.exchanges.length, used };
}

function remember({ reply, state }: Outcome, { everStored, messages }: Memory): void {
  for (const { type, item } of reply.events ?? []) {
    const { id, type: kind } = (item ?? {}) as JsonObject;
    if (type === 'thread.item.done' && kind === 'user_message' && !messages.includes(id!)) messages.push(id!);
  }
  for (const { id, items } of state.threads) {
    const ids = everStored.get(id as string) ?? [];
    for (const item of items as JsonObject[]) {
      if (!ids.includes(item['id'] as string)) ids.push(item['id'] as string);
    }
    everStored.set(id as string, ids);
  }
}
