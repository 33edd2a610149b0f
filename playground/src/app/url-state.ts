const VIEWS = ['gallery', 'editor', 'replay'] as const;
export type View = (typeof VIEWS)[number];

/** What is shown, as the page's address says it. */
export interface UrlState {
  thread: string | undefined;
  /** The item that is brought into view. */
  item: string | undefined;
  user: string | undefined;
  /** The user in the second pane. */
  beside: string | undefined;
  besideThread: string | undefined;
  besideItem: string | undefined;
  /** The panel beside the chat. */
  panel: string | undefined;
  /** What is shown in place of the chat. */
  view: View | undefined;
}

export function readUrl(): UrlState {
  const search = new URLSearchParams(location.search);
  const read = (name: keyof UrlState): string | undefined => search.get(name) ?? undefined;
  return {
    thread: read('thread'),
    item: read('item'),
    user: read('user'),
    beside: read('beside'),
    besideThread: read('besideThread'),
    besideItem: read('besideItem'),
    panel: read('panel'),
    view: VIEWS.find((view) => view === read('view')),
  };
}

/** Changes parts of the address, and nothing else: no history entry for each click. */
export function writeUrl(changes: Partial<UrlState>): void {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) search.delete(name);
    else search.set(name, value);
  }
  const text = search.toString();
  history.replaceState(null, '', text === '' ? location.pathname : `?${text}`);
}
