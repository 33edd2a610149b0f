import { createHash } from 'node:crypto';
import type { Outcome } from './client';
import type { Json } from './language';

/**
 * Ids that a server made: eight hexadecimal digits in the reference, thirty-two in ours. Ours of notes for the
 * model name their run.
 */
const MADE_ID = /\b(thr|msg|wgt|shcx|atc)_(?:run_)?(?:[0-9a-f]{32}|[0-9a-f]{8})\b/g;

/** A time that a server took. Those that scenarios write down are of 2020. */
const TAKEN_TIME = /^202[5-9]-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z?)$/;

const LONGEST = 400;

/**
 * What differs between any two runs is made the same: ids are numbered within the exchange in which
 * they first appear, times become a word. Of long texts only the beginning, length and a hash remain.
 */
export function normalise(outcomes: readonly Outcome[]): Outcome[] {
  const ids = new Map<string, string>();
  return outcomes.map((outcome, index) => {
    let made = 0;
    const nameOf = (id: string, prefix: string): string => {
      let name = ids.get(id);
      if (name === undefined) {
        made += 1;
        name = `<${prefix} ${String(index + 1)}.${String(made)}>`;
        ids.set(id, name);
      }
      return name;
    };
    const text = (value: string): string => {
      const [, zone] = TAKEN_TIME.exec(value) ?? [];
      if (zone !== undefined) return zone === 'Z' ? '<time>' : '<local time>';
      const named = value.replace(MADE_ID, (id, prefix: string) => nameOf(id, prefix));
      return named.length > LONGEST ? shortened(named) : named;
    };
    return walk(outcome as unknown as Json, text) as unknown as Outcome;
  });
}

function walk(value: Json, text: (value: string) => string): Json {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => walk(element, text));
  const entries = Object.entries(value).map(([key, child]) => [text(key), walk(child, text)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function shortened(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, 40)}… (${String(text.length)} characters, SHA-256 ${hash}…)`;
}
