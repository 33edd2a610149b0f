import { Store } from '../state/store';

/** What is wrong with the widgets that were drawn, for the inspector: unknown tokens, pale texts. */
export const widgetNotes = new Store<readonly string[]>([]);

const known = new Set<string>();

/** Notes an unknown token, once. */
export function noteToken(what: string, value: unknown): void {
  note(`Unknown ${what}: ${JSON.stringify(value) ?? String(value)}`);
}

/** It is called while components are drawn, hence told later. */
export function note(text: string): void {
  if (known.has(text) || known.size > 200) return;
  known.add(text);
  queueMicrotask(() => widgetNotes.update((notes) => [...notes, text]));
}
