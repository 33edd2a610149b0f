import { Store } from '../state/store';

/** Problems of rendered widgets, for the inspector: unknown tokens, too little contrast. */
export const widgetNotes = new Store<readonly string[]>([]);

const known = new Set<string>();

/** Notes an unknown token, once. */
export function noteToken(what: string, value: unknown): void {
  note(`Unknown ${what}: ${JSON.stringify(value) ?? String(value)}`);
}

/** Adds a note in a microtask, since it is called while components render. */
export function note(text: string): void {
  if (known.has(text) || known.size > 200) return;
  known.add(text);
  queueMicrotask(() => widgetNotes.update((notes) => [...notes, text]));
}
