import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, Reply } from './client';
import { isEqual } from './equal';
import type { State } from './session';

/** In characters. */
const FITTING = 300;

const DIRECTORY = join(__dirname, 'transcripts');

/** As in the file: what is stored is written down where it has changed. */
interface Entry {
  reply: Reply;
  state?: State;
}

/** What the reference did in each scenario of a family, normalised. */
export type Transcripts = Record<string, Outcome[]>;

export function readTranscripts(family: string): Transcripts {
  const text = readFileSync(fileOf(family), 'utf8');
  const recorded = JSON.parse(text) as Record<string, Entry[]>;
  return Object.fromEntries(Object.entries(recorded).map(([name, entries]) => [name, expand(entries)]));
}

export function writeTranscripts(family: string, transcripts: Transcripts): void {
  const entries = Object.entries(transcripts).map(([name, outcomes]) => [name, contract(outcomes)] as const);
  writeFileSync(fileOf(family), `${lay(Object.fromEntries(entries), '')}\n`);
}

/** What fits is on one line, such as an event or a stored item: so recordings can be read and compared. */
function lay(value: unknown, indent: string): string {
  const text = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || text.length <= FITTING) return text;
  const deeper = `${indent} `;
  const parts = Array.isArray(value)
    ? value.map((element) => lay(element, deeper))
    : Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}: ${lay(child, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${String(open)}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${String(close)}`;
}

function expand(entries: readonly Entry[]): Outcome[] {
  let state: State = { threads: [], attachments: [], log: [] };
  return entries.map((entry) => {
    state = entry.state ?? state;
    return { reply: entry.reply, state };
  });
}

function contract(outcomes: readonly Outcome[]): Entry[] {
  let last: State = { threads: [], attachments: [], log: [] };
  return outcomes.map(({ reply, state }) => {
    const unchanged = isEqual(state, last);
    last = state;
    return unchanged ? { reply } : { reply, state };
  });
}

function fileOf(family: string): string {
  return join(DIRECTORY, `${family}.json`);
}
