import { Store } from '../state/store';

/** Tokens of widgets that nobody knows, for the inspector. */
export const tokenNotes = new Store<readonly string[]>([]);

const known = new Set<string>();

/** Notes an unknown token, once. It is called while components are drawn, hence told later. */
export function noteToken(what: string, value: unknown): void {
  const note = `Unknown ${what}: ${JSON.stringify(value) ?? String(value)}`;
  if (known.has(note) || known.size > 200) return;
  known.add(note);
  queueMicrotask(() => tokenNotes.update((notes) => [...notes, note]));
}
